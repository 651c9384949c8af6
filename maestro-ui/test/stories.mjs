// What people come for, from beginning to end.
import assert from 'node:assert/strict';
import { open } from './browser.mjs';
import { until } from './server.mjs';

const WRITTEN = `# Written by hand; this comment stays.
workflow:
  id: greetings
  owner: ann
  triggers:
    - cron: 30 6 * * 1-5
      timezone: Europe/Berlin
  params:
    name: world
  jobs:
    - id: greet
      type: Shell
      script: echo "hello \${name}"
      transition: [done]
    - id: done
      type: NoOp
`;

/** By pasting: what is typed over a selection gets style attributes from the browser itself, which the policy forbids. */
async function fill(page, text) {
  const code = page.getByLabel('Definition in YAML');
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await code.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+v');
  return code;
}

/** Writes a workflow from nothing, with a mistake on the way; pushes, changes, compares, starts it. */
export async function writeAndStart(browser, base) {
  const { page, complaints, close } = await open(browser, base, 'light');
  await page.goto('/');
  await page.getByRole('heading', { level: 1, name: 'What needs you' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await page.getByRole('heading', { level: 1, name: 'New workflow' }).waitFor();
  await page.getByText('Nothing is wrong with it.').waitFor();

  const code = await fill(page, WRITTEN.replace('[done]', '[don]'));
  const problem = page.getByRole('button', { name: /Line 14/ });
  await problem.waitFor();
  assert.ok(await page.getByRole('button', { name: 'Push…' }).isDisabled());
  await problem.click();

  await fill(page, `${WRITTEN}      re`);
  await page.keyboard.press('Control+Space');
  await page.getByRole('option', { name: 'retry', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await fill(page, WRITTEN);
  await page.getByText('Nothing is wrong with it.').waitFor();
  await page.locator('.react-flow__node').filter({ hasText: 'greet' }).waitFor();
  await page.getByText('Europe/Berlin').first().waitFor();

  await code.getByText('timezone').hover();
  await page
    .getByText(/time zone|zone of/i)
    .first()
    .waitFor();

  await page.getByRole('button', { name: 'Push…' }).click();
  await page.getByText('This makes the first version of greetings').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Push', exact: true }).click();
  await page.getByText('greetings is pushed as version 1').waitFor();

  await page.goto('/edit?workflow=greetings');
  await page.getByRole('heading', { level: 1, name: 'Edit greetings' }).waitFor();
  await page.getByText('# Written by hand; this comment stays.').waitFor();
  await fill(page, WRITTEN.replace('name: world', 'name: everybody'));
  await until('it is checked', () => page.getByRole('button', { name: 'Push…' }).isEnabled());
  await page.getByRole('button', { name: 'Push…' }).click();
  await page.getByRole('dialog').getByText('name: everybody').waitFor();
  await page.getByRole('dialog').getByText('name: world').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Push', exact: true }).click();
  await page.getByText('greetings is pushed as version 2').waitFor();
  await page.getByRole('link', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.waitForURL(/greetings\/instances\/1\/runs\/1/);
  await page.getByText('Succeeded', { exact: true }).first().waitFor();
  await page.goto('/workflows/greetings?version=2&against=1');
  await page.getByText('30 6 * * 1-5').first().waitFor();
  await page.getByText('name: everybody').first().waitFor();
  assert.deepEqual(complaints, []);
  await close();
}

/** Watches a loop live, finds the failing group, reads its log, restarts all that failed, sees it end. */
export async function mendToTheEnd(browser, base, server) {
  const instance = await server.start('shops');
  const { page, complaints, close } = await open(browser, base, 'light');
  await page.goto(`/workflows/shops/instances/${instance}/runs/1/loop?step=each_shop`);
  const group = page.getByRole('listitem').filter({ hasText: 'fetch:' });
  await group.getByRole('button', { name: 'Show them' }).click();
  await page
    .getByRole('cell', { name: /^shop=\d+$/ })
    .first()
    .getByRole('link')
    .click();
  await page.waitForURL(/\/runs\/\d+(\?|$)/);
  await page.locator('.react-flow__node').filter({ hasText: 'fetch' }).click();
  await page.getByRole('tab', { name: 'Log' }).click();
  await page.getByText(/asking shop \d+/).waitFor();
  await page.getByText('Errors', { exact: true }).click();
  await page
    .getByText(/shop \d+ does not answer/)
    .first()
    .waitFor();

  await page.goto(`/workflows/shops/instances/${instance}/runs/1/loop?step=each_shop&status=FAILED`);
  await page.getByRole('button', { name: 'Act on all that match' }).click();
  await page.getByRole('menuitem', { name: 'Restart' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Restart \d+$/ })
    .click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.goto(`/workflows/shops/instances/${instance}/runs/1`);
  await page.getByText('Succeeded', { exact: true }).first().waitFor({ timeout: 180_000 });
  assert.deepEqual(complaints, []);
  await close();
}

/** A back-fill that is looked at before it runs, and a workflow made by filling in a form. */
export async function fillForms(browser, base) {
  const { page, complaints, close } = await open(browser, base, 'light');
  await page.goto('/templates?template=etl');
  await page.getByLabel('Name of the workflow').fill('nightly-load');
  await page.getByLabel('Owner', { exact: true }).fill('ann');
  await page.getByText('id: nightly-load').waitFor();
  await page.getByText('Nothing is wrong with it.').waitFor();
  await page.getByRole('button', { name: 'Push', exact: true }).click();
  await page.getByText('nightly-load is pushed as version 1').waitFor();

  await page.goto('/workflows/nightly-load/backfill');
  await page.getByLabel('From').fill('2026-01-01');
  await page.getByLabel('To', { exact: true }).fill('2026-01-04');
  await page.getByRole('combobox', { name: 'Parameter' }).click();
  await page.getByRole('option', { name: 'date' }).click();
  await page.getByRole('button', { name: 'Show what would run' }).click();
  await page.getByText('20260101, 20260102').waitFor();
  await page.getByRole('button', { name: 'Run 4 values' }).click();
  await page.waitForURL(/\/backfills\//);
  await page.getByText('Completed', { exact: true }).waitFor({ timeout: 180_000 });
  assert.deepEqual(complaints, []);
  await close();
}

/** What a newcomer does: a script by filling in a form, its failure, what mends it, and the same run once more. */
export async function firstSteps(browser, base) {
  const { page, complaints, close } = await open(browser, base, 'light');
  await page.goto('/templates');
  const name = page.getByLabel('Name of the workflow');
  await name.fill('First script');
  await page.getByLabel('Owner', { exact: true }).fill('ann');
  await page.getByRole('textbox', { name: 'Script' }).fill('# mine\ncat /nowhere/$USER');
  await page.getByLabel('Retries').fill('0');
  await page.getByText(/expected a workflow id of letters/).waitFor();
  assert.equal(await name.getAttribute('aria-invalid'), 'true');
  await name.fill('first-script');
  await page.getByRole('button', { name: 'Push', exact: true }).click();
  await page.getByText('first-script is pushed as version 1').waitFor();
  await page.getByRole('link', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText('Failed', { exact: true }).first().waitFor();
  const failed = page.url();
  await page.getByRole('region', { name: 'Steps', exact: true }).waitFor();
  assert.equal(await page.getByRole('cell', { name: /RUN_TS/ }).count(), 0);

  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByText('# mine').waitFor();
  const code = page.getByLabel('Definition in YAML');
  await fill(page, (await code.innerText()).replace(/cat .*/, 'echo mended').replaceAll('\u200b', ''));
  await until('it is checked', () => page.getByRole('button', { name: 'Push…' }).isEnabled());
  await page.getByRole('button', { name: 'Push…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Push', exact: true }).click();
  await page.getByText('first-script is pushed as version 2').waitFor();
  await page.goto(failed);
  await page.getByRole('button', { name: 'Restart' }).click();
  await page.getByText('Run it again with version 2').waitFor();
  await page
    .getByRole('menuitem', { name: /From what is incomplete/ })
    .first()
    .click();
  await page.waitForURL(/runs\/2/);
  await page.getByText('Succeeded', { exact: true }).first().waitFor();

  await page.getByRole('heading', { level: 1 }).getByRole('link').click();
  await page.getByRole('region', { name: 'What version 2 does' }).locator('.react-flow__node').waitFor();
  await page.getByRole('combobox', { name: 'Hold before a step…' }).click();
  await page.getByRole('option', { name: 'run' }).click();
  await page.getByRole('button', { name: 'Remove and let go on' }).waitFor();
  await page.getByRole('link', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Show step run' }).waitFor();
  await page.goto('/');
  await page
    .getByRole('region', { name: 'Waiting for a person' })
    .getByRole('link', { name: 'first-script#2' })
    .click();
  await page.getByRole('button', { name: 'Let it go on' }).click();
  await page.getByText('Succeeded', { exact: true }).first().waitFor();
  assert.deepEqual(complaints, []);
  await close();
}

/** No view is wider than a telephone; what is, such as a table, is moved by itself. */
export async function fitOnATelephone(browser, base, places) {
  const { page, close } = await open(browser, base, 'light');
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [name, path, heading] of places) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 390, `${name}: expected to be 390 px wide, found ${width}`);
  }
  await close();
}
