// Walks through the UI of a running server as a person does: node test/walk.mjs URL [--pictures FOLDER]
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { launch, open, violations } from './browser.mjs';
import { showMarkupAsText } from './markup.mjs';
import { Server, until } from './server.mjs';
import { fillForms, firstSteps, fitOnATelephone, mendToTheEnd, writeAndStart } from './stories.mjs';

const [base = 'http://127.0.0.1:8080', ...options] = process.argv.slice(2);
const pictures = options[0] === '--pictures' ? options[1] : undefined;

const MOST_NODES = 2_000;
const MOST_BYTES = 1_000_000;
const LONGEST_TASK = 50;

const server = new Server(base);

/** Workflows and runs to look at. */
async function prepare() {
  for (const name of [
    'daily-report',
    'backfill',
    'census',
    'import',
    'shops',
    'price-list',
    'price-mail',
    'careful-load',
  ]) {
    await server.push(name);
  }
  const census = await server.start('census');
  const handled = await server.start('careful-load');
  const started = [];
  for (const file of ['prices.csv', 'stock.csv', 'shops.csv']) {
    started.push(['import', await server.start('import', { file: ['STRING', file] })]);
  }
  const failed = started[0][1];
  for (let day = 20260102; day <= 20260107; day++) {
    started.push(['daily-report', await server.start('daily-report', { day: ['LONG', day] })]);
  }
  const report = started.at(-1)[1];
  for (const [workflow, instance] of [...started, ['census', census], ['careful-load', handled]]) {
    await server.ended(workflow, instance);
  }
  const backfill = await prepareRest();
  const loop = await server.start('backfill');
  return { census, report, loop, failed, backfill, handled };
}

/** A second version, a back-fill, signals that lead to something, a limit and a breakpoint. */
async function prepareRest() {
  const yaml = await server.text('/api/v3/workflows/daily-report/versions/1/yaml');
  await server.call('POST', '/api/v3/workflows/yaml', yaml.replace('delay: 1', 'delay: 2'), 'application/yaml');
  const json = (method, path, body) => server.call(method, path, JSON.stringify(body));
  const signal = (name, params) => json('POST', '/api/v3/signals', { name, params });
  await signal('catalogue/written', { region: 'eu', items: 12 });
  await signal('rates/written', { region: 'eu', rate: 5 });
  await signal('prices/released', { region: 'eu' });
  await server.begun('price-list', 1);
  await server.ended('price-list', 1);
  await json('POST', '/api/v3/tag-permits', { tag: 'warehouse', max_allowed: 5 });
  await json('POST', '/api/v3/workflows/steps/breakpoints', { workflow_id: 'import', step_id: 'store' });
  const { id } = await json('POST', '/api/v3/workflows/daily-report/backfills', {
    days: { from: '2026-02-01', to: '2026-02-05' },
    param: 'day',
    concurrency: 2,
  });
  return id;
}

const ON_A_TELEPHONE = /^(home|runs|workflow|start|edit|backfill-new|templates|operations|run-step|loop)$/;

const RUN = (workflow, instance, search = '') => `/workflows/${workflow}/instances/${instance}/runs/1${search}`;

function views({ census, report, loop, failed, backfill, handled }) {
  return [
    ['home', '/', 'What needs you'],
    ['runs', '/runs', 'Runs'],
    ['workflows', '/workflows', 'Workflows'],
    ['workflow', '/workflows/daily-report', 'daily-report'],
    ['start', '/workflows/daily-report/start', 'Start daily-report'],
    ['workflow-diff', '/workflows/daily-report?version=2&against=1', 'daily-report'],
    ['edit', '/edit?workflow=price-list', 'Edit price-list'],
    ['backfill-new', '/workflows/daily-report/backfill', 'Back-fill daily-report'],
    ['backfill', `/backfills/${backfill}`, 'Back-fill of daily-report'],
    ['signals', '/signals', 'Signals'],
    ['signals-of', '/signals?name=rates/written', 'rates/written'],
    ['signal', '/signals?name=rates/written&seq=1', 'rates/written #1'],
    ['lineage', '/lineage?workflow=price-list', 'Lineage of price-list'],
    ['templates', '/templates?template=etl', 'Templates'],
    ['operations', '/operations', 'Operations'],
    ['dead-letters', '/operations?tab=letters', 'Operations'],
    ['notifications', '/operations?tab=notifications', 'Operations'],
    ['server', '/operations?tab=server', 'Operations'],
    ['run', RUN('daily-report', report), 'daily-report'],
    ['run-step', RUN('daily-report', report, '?step=extract&tab=log&line=4'), 'daily-report'],
    ['run-params', RUN('daily-report', report, '?step=report&tab=params&view=gantt'), 'daily-report'],
    ['run-failed', RUN('import', failed, '?step=fetch'), 'import'],
    ['run-handlers', RUN('careful-load', handled), 'careful-load'],
    ['workflow-handlers', '/workflows/careful-load', 'careful-load'],
    ['edit-handlers', '/edit?workflow=careful-load', 'Edit careful-load'],
    ['loop', `/workflows/backfill/instances/${loop}/runs/1/loop?step=each_day`, 'each_day'],
    ['loop-large', `/workflows/census/instances/${census}/runs/1/loop?step=each_household`, 'each_household'],
    ['not-found', '/workflows/daily-report/nowhere', 'There is no such page'],
  ];
}

async function settled(page, heading) {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await until(
    'nothing loads',
    async () => (await page.locator('[aria-label^="Loading"], [aria-label^="Laying"]').count()) === 0,
  );
}

/** Every view in both colour schemes: axe has nothing against it, nor has the browser. */
async function look(browser, places) {
  const found = [];
  for (const scheme of ['light', 'dark']) {
    const { page, complaints, close } = await open(browser, base, scheme);
    for (const [name, path, heading] of places) {
      await page.goto(path);
      await settled(page, heading);
      if (name === 'run-step') {
        await page.getByText('2 rows without a price').waitFor();
      }
      if (/^(edit(-.*)?|signal|lineage|run(-.*)?)$/.test(name) && !path.includes('view=gantt')) {
        await page.locator('.react-flow__node').first().waitFor();
      }
      if (pictures !== undefined) {
        await page.screenshot({ path: `${pictures}/${name}-${scheme}.png` });
      }
      const against = [...(await violations(page)), ...complaints.splice(0)];
      found.push(...against.map((one) => `${name}, ${scheme}: ${one}`));
    }
    await close();
  }
  assert.ok(found.length === 0, `expected nothing against any view, found\n${found.join('\n')}`);
}

/** From the list of workflows to a run that somebody started with a form, and its log as it is printed. */
async function startByForm(browser) {
  const { page, complaints, close } = await open(browser, base, 'light');
  await page.goto('/workflows');
  await page.getByLabel('Search in id, name and owner').fill('daily');
  await page.waitForURL(/q=daily/);
  await page.getByRole('link', { name: 'daily-report' }).click();
  await page.getByRole('link', { name: 'Start', exact: true }).click();
  await page.getByLabel('day').fill('tomorrow');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByText('expected a whole number').waitFor();
  await page.getByLabel('day').fill('20260401');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.waitForURL(/instances\/\d+\/runs\/1/);
  await page.getByText('Succeeded', { exact: true }).first().waitFor();
  await page.getByRole('radio', { name: 'Timeline' }).locator('xpath=following-sibling::label').click();
  await page.getByRole('button', { name: /^extract/ }).click();
  await page.getByText('reading orders of 20260401').waitFor();
  await page.getByRole('tab', { name: 'Parameters' }).click();
  await page.waitForURL(/tab=params/);
  await page.reload();
  await page.getByRole('tab', { name: 'Parameters', selected: true }).waitFor();
  assert.deepEqual(complaints, []);
  await close();
}

/** From a run that failed to what was done because of it, and back. */
async function followHandlers(browser, { handled }) {
  const { page, complaints, close } = await open(browser, base, 'light');
  await page.goto(RUN('careful-load', handled));
  const after = page.getByRole('region', { name: 'After the run' });
  await after.getByRole('listitem').filter({ hasText: 'After a success' }).getByText('Not needed').waitFor();
  await after.getByRole('listitem').filter({ hasText: 'However it ends' }).getByText('Succeeded').waitFor();
  await after.getByRole('link', { name: 'Open the run of tell, page' }).click();
  await page.getByRole('heading', { level: 1, name: 'on_failure' }).waitFor();
  await page.locator('.react-flow__node').filter({ hasText: 'tell' }).click();
  await page.getByRole('tab', { name: 'Log' }).click();
  await page.getByText(`careful-load#${handled}.1 ended FAILED: load failed`).first().waitFor();
  await page.getByRole('navigation', { name: 'The steps around this run' }).getByRole('link').first().click();
  await page.getByRole('heading', { level: 1, name: 'careful-load' }).waitFor();
  await page.goto('/edit?workflow=careful-load');
  await page.locator('.react-flow__node').filter({ hasText: 'After a failure' }).waitFor();
  assert.deepEqual(complaints, []);
  await close();
}

/** From the home page to the runs that failed in one way, and all of them run again. */
async function restartGroup(browser, { handled }) {
  const { page, complaints, close } = await open(browser, base, 'light');
  await page.goto('/');
  const group = page
    .getByRole('region', { name: 'Failures' })
    .getByRole('listitem')
    .filter({ hasText: 'careful-load' });
  await group.getByText('the source is empty').waitFor();
  await group.getByRole('link', { name: 'Show them' }).click();
  await page.waitForURL(/signature=/);
  await page
    .getByRole('table')
    .getByRole('link', { name: `careful-load#${handled}` })
    .waitFor();
  await page.getByText('load: exited with status #: the source is empty').waitFor();
  await page.getByRole('button', { name: 'Any cause' }).click();
  await page.waitForURL((url) => !url.search.includes('signature'));
  await page.goto('/');
  await group.getByRole('button', { name: 'Restart them…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1 run failed in this way').waitFor();
  await dialog.getByRole('button', { name: 'Restart 1' }).click();
  await dialog.waitFor({ state: 'detached' });
  const { workflow_run_id: run } = await server.run('careful-load', handled);
  assert.equal(run, 2);
  assert.deepEqual(complaints, []);
  await close();
}

/** Watches a loop, finds the failing group, runs it again, and sees that it is told so. */
async function mendLoop(browser, { loop }) {
  const { page, complaints, close } = await open(browser, base, 'light');
  await page.goto(`/workflows/backfill/instances/${loop}/runs/1/loop?step=each_day`);
  const succeeded = async () =>
    Number((await page.getByRole('button', { name: /Succeeded$/ }).textContent()).replace(/\D/g, ''));
  await page.getByRole('button', { name: /Succeeded$/ }).waitFor();
  const before = await succeeded();
  await until('the loop goes on under our eyes', async () => (await succeeded()) > before);
  const group = page.getByRole('listitem').filter({ hasText: 'lock:' });
  await group.getByRole('button', { name: 'Show them' }).click();
  await page.waitForURL(/signature=/);
  await page.getByRole('cell', { name: 'day=7', exact: true }).waitFor();
  await group.getByRole('button', { name: 'Restart them' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/iterations? match/).waitFor();
  await dialog.getByRole('button', { name: /^Restart \d+$/ }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByRole('slider').focus();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/from=\d+/);
  assert.deepEqual(complaints, []);
  await close();
}

/** A loop of a hundred thousand is as light as one of ten. */
async function stayLight(browser, { census }) {
  const { page, close } = await open(browser, base, 'light');
  let bytes = 0;
  page.on('response', async (response) => {
    const sizes = await response
      .request()
      .sizes()
      .catch(() => undefined);
    bytes += sizes?.responseBodySize ?? 0;
  });
  await page.goto(`/workflows/census/instances/${census}/runs/1/loop?step=each_household`);
  await page.getByRole('slider').waitFor();
  await settled(page, 'each_household');
  await page.getByText('household=0', { exact: true }).waitFor();
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  assert.ok(nodes <= MOST_NODES, `expected at most ${MOST_NODES} nodes, found ${nodes}`);
  assert.ok(bytes <= MOST_BYTES, `expected at most ${MOST_BYTES} bytes, found ${bytes}`);
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
  await page.evaluate(() => {
    globalThis.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
    }).observe({ type: 'longtask' });
  });
  const box = await page.getByRole('slider').boundingBox();
  for (let x = 5; x < box.width; x += 12) {
    await page.mouse.move(box.x + x, box.y + 20);
  }
  const longest = await page.evaluate(() => globalThis.longest);
  console.log(
    `100,000 iterations: first paint ${Math.round(paint)} ms, ${nodes} nodes, ${bytes} bytes, longest task while scrubbing ${Math.round(longest)} ms`,
  );
  assert.ok(
    longest <= 2 * LONGEST_TASK,
    `expected no task over ${2 * LONGEST_TASK} ms while scrubbing, found ${longest}`,
  );
  await close();
}

/** Palette, keys, zone and address bar. */
async function useKeys(browser) {
  const { page, complaints, close } = await open(browser, base, 'light');
  await page.goto('/');
  await settled(page, 'What needs you');
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Workflow, or workflow#instance').fill('import#1');
  await page.getByRole('button', { name: 'Open instance 1 of import' }).click();
  await page.waitForURL(/workflows\/import\/instances\/1\/runs\/latest/);
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await page.waitForURL(/\/workflows$/);
  await settled(page, 'Workflows'); // the page before has a table, too
  await page.getByRole('table').getByRole('link').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const second = await page.getByRole('table').getByRole('link').nth(1).textContent();
  await page.waitForFunction((name) => document.activeElement?.textContent === name, second);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: second }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await page.keyboard.press('Escape');
  await page.goto('/runs?status=FAILED');
  const created = page.locator('tbody time').first();
  const local = await created.textContent();
  await page.getByText('UTC', { exact: true }).click();
  assert.notEqual(await created.textContent(), local);
  assert.deepEqual(complaints, []);
  await close();
}

async function keepHeaders() {
  const page = await fetch(`${base}/workflows/anything`);
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  assert.doesNotMatch(page.headers.get('content-security-policy'), /unsafe/);
  assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
  const [, script] = /src="([^"]+)"/.exec(await page.text());
  const asset = await fetch(base + script, { headers: { 'Accept-Encoding': 'gzip, br' } });
  assert.match(asset.headers.get('cache-control'), /immutable/);
  assert.equal(asset.headers.get('content-encoding'), 'br');
  const route = await fetch(`${base}/api/v3/nothing`);
  assert.equal(route.status, 404);
  assert.equal(route.headers.get('content-type'), 'application/problem+json');
}

if (pictures !== undefined) {
  await mkdir(pictures, { recursive: true });
}
const began = Date.now();
const after = (what) => console.log(`${what} (${Math.round((Date.now() - began) / 1000)} s)`);
await keepHeaders();
const there = await prepare();
after('prepared');
const browser = await launch();
try {
  await mendLoop(browser, there);
  after('mended a loop');
  await look(browser, views(there));
  after('looked at every view');
  await writeAndStart(browser, base);
  after('wrote, pushed, scheduled and started a workflow');
  await mendToTheEnd(browser, base, server);
  after('mended a loop to its end');
  await fillForms(browser, base);
  after('filled in forms');
  await firstSteps(browser, base);
  after('took the first steps');
  await fitOnATelephone(
    browser,
    base,
    views(there).filter(([name]) => ON_A_TELEPHONE.test(name)),
  );
  after('looked at it on a telephone');
  await showMarkupAsText(browser, base, server);
  after('saw markup as text');
  await followHandlers(browser, there);
  after('followed what ran after a run');
  await restartGroup(browser, there);
  after('restarted what failed in one way');
  await startByForm(browser);
  after('started by form');
  await stayLight(browser, there);
  await useKeys(browser);
  after('used the keys');
} finally {
  await browser.close();
}
