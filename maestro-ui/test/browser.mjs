// Debian's Chromium, a fresh profile each time, and what every page has to keep to.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const OPTIONS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
// A machine may have other things to do.
const PATIENCE = 90_000;
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The browser; fails with what to do if there is none. */
export async function launch() {
  const executablePath = PLACES.find((place) => place && existsSync(place));
  if (executablePath === undefined) {
    throw new Error(
      'expected Chromium at /usr/bin/chromium or where CHROMIUM says; on Debian: apt-get install chromium',
    );
  }
  return chromium.launch({ executablePath, chromiumSandbox: false, args: OPTIONS });
}

/**
 * A page of its own, in a colour scheme; `complaints` gathers what the browser holds against it: errors of scripts,
 * and everything that the content security policy had to forbid.
 */
export async function open(browser, base, scheme) {
  const context = await browser.newContext({
    baseURL: base,
    colorScheme: scheme,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const isNotThere = /\/logs\/stream|\/versions\/default\/yaml/.test(message.location().url);
    const expected = isNotThere && /status of 404/.test(message.text());
    if (message.type() === 'error' && !expected) {
      complaints.push(`${message.text()} (${page.url().replace(base, '')})`);
    }
  });
  return { page, complaints, close: () => context.close() };
}

/** Violations of WCAG 2.2 AA as axe finds them, a line each. */
export async function violations(page) {
  // Through the debugger, which a page's own policy doesn't bind.
  await page.evaluate(await readFile(AXE, 'utf8'));
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ html, any }) => `${id}: ${help}: ${html.slice(0, 160)} ${any.map(({ message }) => message).join('; ')}`,
    ),
  );
}
