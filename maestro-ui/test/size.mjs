// Every view at size: node test/size.mjs URL --data-dir FOLDER [--rounds N] [--rows] [--filled] [--only REGEX]
// Fills the database of a ./maestro dev that runs on an empty folder, or finds it --filled: ten thousand versions and a
// million runs of one workflow, ten thousand workflows, a loop of a hundred thousand iterations, a run of a thousand
// steps. Then opens each view so often and prints what it costs, medians; with --rows also what it makes the database
// read, when there is little and when there is much. Fails where a view exceeds its budget.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { launch, open } from './browser.mjs';
import { Server, until } from './server.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'data-dir': { type: 'string', default: '.maestro' },
    rounds: { type: 'string', default: '3' },
    runs: { type: 'string', default: '1000000' },
    filled: { type: 'boolean', default: false },
    rows: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});
const [base = 'http://127.0.0.1:8080'] = positionals;
const server = new Server(base);

const BUDGETS = { paint: 1_000, bytes: 1_000_000, nodes: 2_000, longest: 50, layout: 1_500 };
/** After so long the database has told what it has read, whoever asked. */
const TOLD_AFTER = 12_000;

const CLASSES = fileURLToPath(new URL('../../maestro-benchmark/target/', import.meta.url));

async function stock(...command) {
  const { stdout } = await promisify(execFile)(`${process.env.JAVA_HOME}/bin/java`, [
    '-cp',
    `${CLASSES}classes:${CLASSES}lib/*`,
    'org.maestro.benchmark.LargeStock',
    options['data-dir'],
    ...command,
  ]);
  return stdout;
}

async function yaml(name) {
  return readFile(new URL(`size/${name}.yaml`, import.meta.url), 'utf8');
}

/** Layers of NoOps, each with edges to one or two of the next layer. */
function wide(layers = 25, each = 40) {
  const id = (layer, place) => `s${layer}_${place}`;
  const jobs = Array.from({ length: layers * each }, (_, index) => {
    const layer = Math.floor(index / each);
    const place = index % each;
    const next = [...new Set([place, (place + layer) % 3 === 0 ? Math.min(each - 1, place + 1) : place])];
    const after = layer === layers - 1 ? '' : `, transition: [${next.map((to) => id(layer + 1, to)).join(', ')}]`;
    return `    - { id: ${id(layer, place)}, type: NoOp${after} }`;
  });
  return `workflow:\n  id: wide\n  name: A thousand steps\n  owner: bob\n  jobs:\n${jobs.join('\n')}\n`;
}

async function fill() {
  const push = async (text) => server.call('POST', '/api/v3/workflows/yaml', text, 'application/yaml');
  for (const name of ['orders', 'shop']) {
    await push(await yaml(name));
  }
  await push(wide());
  await server.push('census');
  const started = [
    ['wide', await server.start('wide')],
    ['census', await server.start('census')],
    ['shop', await server.start('shop', { disk: ['LONG', 7] })],
    ['shop', await server.start('shop')],
    ['orders', await server.start('orders')],
  ];
  for (const disk of [1, 2, 3]) {
    started.push(['orders', await server.start('orders', { disk: ['LONG', disk] })]);
  }
  for (const [workflow, instance] of started) {
    await server.ended(workflow, instance);
  }
  if (options.rows) {
    console.log('rows read when there is little');
    await rowsRead();
  }
  for (const command of [
    ['versions', 'orders', '10000'],
    ['runs', 'orders', options.runs],
    ['workflows', 'shop', '10000'],
    ['analyze'],
  ]) {
    const began = Date.now();
    await stock(...command);
    console.log(`${command.join(' ')} (${Math.round((Date.now() - began) / 1000)} s)`);
  }
}

const LATEST = () => (last === undefined ? 'latest' : last);
let last;

const VIEWS = () => views().filter(([name]) => new RegExp(options.only).test(name));

const views = () => [
  ['home', '/', 'What needs you'],
  ['runs', '/runs', 'Runs'],
  ['runs that failed', '/runs?status=FAILED', 'Runs'],
  ['runs of one workflow', '/runs?workflow=orders', 'Runs'],
  ['failed runs of one workflow', '/runs?workflow=orders&status=FAILED', 'Runs'],
  ['workflows', '/workflows', 'Workflows'],
  ['workflows, searched', '/workflows?q=shop-99', 'Workflows'],
  ['workflow', '/workflows/orders', 'orders'],
  ['two versions', '/workflows/orders?version=10000&against=9999', 'orders'],
  ['editor', '/edit?workflow=orders', 'Edit orders'],
  ['start', '/workflows/orders/start', 'Start orders'],
  ['lineage', '/lineage?workflow=orders', 'Lineage of orders'],
  ['run', `/workflows/orders/instances/${LATEST()}/runs/1`, 'orders'],
  ['run of 1,000 steps', '/workflows/wide/instances/1/runs/1', 'wide'],
  ['the same as a graph', '/workflows/wide/instances/1/runs/1?view=graph', 'wide'],
  ['loop of 100,000', '/workflows/census/instances/1/runs/1/loop?step=each_household', 'each_household'],
];

async function settled(page, heading) {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await until(
    'nothing loads',
    async () => (await page.locator('[aria-label^="Loading"], [aria-label^="Laying"]').count()) === 0,
  );
}

/** Opens a view in a browser that has seen nothing yet. */
async function look(browser, path, heading) {
  const { page, close } = await open(browser, base, 'light');
  let bytes = 0;
  const answers = [];
  page.on('requestfinished', async (request) => {
    const sizes = await request.sizes().catch(() => undefined);
    bytes += sizes?.responseBodySize ?? 0;
    if (request.url().includes('/api/')) {
      answers.push([request.url().replace(base, ''), Math.round(request.timing().responseEnd)]);
    }
  });
  await page.goto(path);
  await settled(page, heading);
  const settledAfter = await page.evaluate(() => Math.round(performance.now()));
  if (path.includes('view=graph')) {
    await page.locator('.react-flow__node').first().waitFor();
  }
  if (path.includes('/loop')) {
    await page.getByText('household=0', { exact: true }).waitFor();
  }
  const measured = await page.evaluate(() => ({
    paint: Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0),
    nodes: document.querySelectorAll('*').length,
    layout: Math.round(performance.getEntriesByName('layout')[0]?.duration ?? 0) || undefined,
  }));
  const longest = path.includes('/loop') ? await scrub(page) : undefined;
  await close();
  answers.sort(([, one], [, other]) => other - one);
  return { ...measured, settled: settledAfter, bytes, longest, slowest: answers[0] };
}

/** The longest task while the pointer goes over a loop's strip. */
async function scrub(page) {
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
  return page.evaluate(() => Math.round(globalThis.longest));
}

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
const reads = async () => JSON.parse(await stock('reads'));

function more(before, after) {
  return Object.entries(after).flatMap(([table, count]) => {
    const grown = count - (before[table] ?? 0);
    return grown > 0 && !/history|engine_shard|scheduler|signal_shard|outbox/.test(table) ? [[table, grown]] : [];
  });
}

/** What each view makes the database read, by table, less what it reads anyway. */
async function rowsRead() {
  const browser = await launch();
  try {
    await pause(TOLD_AFTER);
    const first = await reads();
    await pause(TOLD_AFTER);
    const idle = Object.fromEntries(more(first, await reads()));
    for (const [name, path, heading] of VIEWS()) {
      const before = await reads();
      const { close, page } = await open(browser, base, 'light');
      await page.goto(path);
      await settled(page, heading);
      await close();
      await pause(TOLD_AFTER);
      const read = more(before, await reads())
        .map(([table, count]) => [table, count - (idle[table] ?? 0)])
        .filter(([, count]) => count > 0);
      const total = read.reduce((sum, [, count]) => sum + count, 0);
      console.log(`| ${name} | ${total} | ${read.map(([table, count]) => `${table} ${count}`).join(', ')} |`);
    }
  } finally {
    await browser.close();
  }
}

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

async function lookAtAll() {
  const browser = await launch();
  const missed = [];
  try {
    console.log('| View | First paint | Settled | Bytes | Nodes | Slowest answer |');
    console.log('|---|---|---|---|---|---|');
    for (const [name, path, heading] of VIEWS()) {
      const rounds = [];
      for (let round = 0; round < Number(options.rounds); round++) {
        rounds.push(await look(browser, path, heading));
      }
      const of = (what) => median(rounds.map((round) => round[what]));
      const [address, took] = rounds.map(({ slowest }) => slowest).toSorted(([, a], [, b]) => a - b)[
        Math.floor(rounds.length / 2)
      ];
      console.log(
        `| ${name} | ${of('paint')} ms | ${of('settled')} ms | ${Math.round(of('bytes') / 1000)} kB | ${of('nodes')} | ${took} ms \`${address}\` |`,
      );
      for (const [what, most] of Object.entries(BUDGETS)) {
        if ((of(what) ?? 0) > most) missed.push(`${name}: expected ${what} to be ${most} at most, found ${of(what)}`);
      }
      if (rounds[0].layout !== undefined) console.log(`laid out in ${of('layout')} ms`);
      if (rounds[0].longest !== undefined) console.log(`longest task while scrubbing: ${of('longest')} ms`);
    }
  } finally {
    await browser.close();
  }
  return missed;
}

if (!options.filled) {
  await fill();
}
last = (await server.call('GET', '/api/v3/workflows/orders/overview')).latest_instance_id;
const missed = Number(options.rounds) > 0 ? await lookAtAll() : [];
if (options.rows) {
  for (const mode of ['auto', 'force_generic_plan']) {
    await stock('plans', mode);
    console.log(`rows read at size, plans: ${mode}`);
    await rowsRead();
  }
  await stock('plans', 'auto');
}
missed.forEach((one) => console.error(one));
process.exitCode = missed.length === 0 ? 0 : 1;
