#!/bin/sh
# Monaco Editor 0.57.0 under the content security policy style-src 'self' (no unsafe-inline): it makes an editor without an
# error of its own, but its lines lie upon each other, and it has no colours: it places them with style attributes in markup
# and brings its theme in style elements, and the policy takes away both. A nonce would help the latter alone.
# Expected: an editor, or a refusal. Needs Node.js 20, npm and Chromium (CHROMIUM says where, else /usr/bin/chromium).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --ignore-scripts --no-audit --no-fund monaco-editor@0.57.0 playwright-core@1.65.1
cat >seen.mjs <<'JS'
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { chromium } from 'playwright-core';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:";
const TYPES = { '.js': 'text/javascript', '.css': 'text/css' };
const PAGES = {
  '/': `<!doctype html><link rel="stylesheet" href="/vs/editor/editor.main.css"><link rel="stylesheet" href="/page.css">
    <div id="editor"></div><script src="/vs/loader.js"></script><script src="/page.js"></script>`,
  '/page.css': '#editor { width: 600px; height: 300px }',
  '/page.js': `require.config({ paths: { vs: '/vs' } });
    require(['vs/editor/editor.main'], () => {
      monaco.editor.create(document.getElementById('editor'), { value: 'a: 1\\nb: 2\\nc: 3', language: 'yaml' });
    });`,
};

async function linesUnder(policy) {
  const server = createServer(async (request, response) => {
    const path = request.url.split('?')[0];
    if (policy) response.setHeader('Content-Security-Policy', policy);
    response.setHeader('Content-Type', TYPES[extname(path)] ?? 'text/html');
    response.end(PAGES[path] ?? (await readFile(`node_modules/monaco-editor/min${path}`).catch(() => '')));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false });
  const page = await browser.newPage();
  const errors = [];
  const refused = new Set();
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.exposeFunction('refused', (directive) => refused.add(directive));
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => globalThis.refused(effectiveDirective)),
  );
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const drawn = (count) => page.waitForFunction((n) => document.querySelectorAll('.view-line').length === n, count, { timeout: 120_000 });
  await drawn(3);
  await page.evaluate(() => monaco.editor.getEditors()[0].setValue('a: 1\nb: 2\nc: 3\nd: 4\ne: 5'));
  await drawn(5);
  await page.waitForTimeout(2_000);
  const places = await page.evaluate(
    () => new Set([...document.querySelectorAll('.view-line')].map((line) => line.getBoundingClientRect().top)).size,
  );
  await browser.close();
  server.close();
  const lines = places === 5 ? 'below each other' : 'upon each other';
  return `lines ${lines}, refused: ${[...refused].sort().join(', ') || 'nothing'}, errors of scripts: ${errors.length}`;
}

console.log(`without a policy: ${await linesUnder(undefined)}`);
console.log(`style-src 'self': ${await linesUnder(POLICY)}`);
JS
seen=$(node seen.mjs)
echo "$seen"
expected="without a policy: lines below each other, refused: nothing, errors of scripts: 0
style-src 'self': lines upon each other, refused: style-src-attr, style-src-elem, errors of scripts: 0"
[ "$seen" = "$expected" ] || { echo "CHANGED: expected" >&2; echo "$expected" >&2; exit 1; }
