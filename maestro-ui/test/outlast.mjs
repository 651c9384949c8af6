// Pages that are open while the server is killed and comes back: node test/outlast.mjs PORT -- COMMAND…
// The command serves everything on that port until it is killed, as ./maestro dev --port PORT --data-dir FOLDER does.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { launch, open } from './browser.mjs';
import { Server, until } from './server.mjs';

const [port, dashes, ...command] = process.argv.slice(2);
assert.ok(dashes === '--' && command.length > 0, 'expected PORT -- COMMAND…');
const base = `http://127.0.0.1:${port}`;
const server = new Server(base);
const START = 300_000;

async function serve() {
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'ignore', 'inherit'] });
  const over = once(child, 'exit').then(() => assert.fail('the server ended by itself'));
  const up = until(
    'the server is up',
    () =>
      fetch(`${base}/api/v3/info`).then(
        ({ ok }) => ok,
        () => false,
      ),
    START,
  );
  over.catch(() => undefined);
  await Promise.race([up, over]);
  return child;
}

async function kill(child) {
  const over = once(child, 'exit');
  child.kill('SIGKILL');
  await over;
}

const LONG = `workflow:
  id: outlast
  owner: ann
  run_strategy: parallel
  params: { seconds: 1 }
  jobs:
    - { id: first, type: NoOp, transition: [rest] }
    - id: rest
      type: Sleep
      params: { '!sleep_seconds<long>': seconds }
`;

let child = await serve();
const browser = await launch();
try {
  await server.call('POST', '/api/v3/workflows/yaml', LONG, 'application/yaml');
  const done = await server.start('outlast', { seconds: ['LONG', 1] });
  await server.ended('outlast', done);
  const going = await server.start('outlast', { seconds: ['LONG', 20] });
  const { page: ended, close: closeEnded } = await open(browser, base, 'light');
  const { page: live, close: closeLive } = await open(browser, base, 'light');
  const { page: list, close: closeList } = await open(browser, base, 'light');
  await ended.goto(`/workflows/outlast/instances/${done}/runs/1`);
  await live.goto(`/workflows/outlast/instances/${going}/runs/1`);
  await list.goto('/runs?workflow=outlast');
  await ended.getByText('Succeeded', { exact: true }).first().waitFor();
  await live.getByText('Running', { exact: true }).first().waitFor();

  // A part of a page that can't be had for two seconds.
  const { page: parted, close: closeParted } = await open(browser, base, 'light');
  let lost = 0;
  const back = Date.now() + 2_000;
  await parted.route(/\/assets\/Graph-/, (route) =>
    Date.now() < back && lost++ >= 0 ? route.abort() : route.continue(),
  );
  await parted.goto(`/workflows/outlast/instances/${done}/runs/1`);
  await parted.locator('.react-flow__node').first().waitFor();
  assert.ok(lost > 0, 'expected the graph to be a part of its own');
  await closeParted();

  // What a page shows at any moment, all the while.
  const seen = [];
  let watches = true;
  const watching = (async () => {
    while (watches) {
      seen.push(await ended.locator('main').innerText());
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  })();

  await kill(child);
  await live.getByText('The server does not answer', { exact: false }).first().waitFor({ timeout: 60_000 });
  child = await serve();
  await server.ended('outlast', going);
  const came = Date.now();
  await live.getByText('Succeeded', { exact: true }).first().waitFor({ timeout: 60_000 });
  await until(
    'the list says so, too',
    async () => (await list.getByRole('cell', { name: 'Succeeded' }).count()) === 2,
    60_000,
  );
  console.log(`pages are right ${Date.now() - came} ms after the run ended behind a server that was killed`);
  await live.getByText('The server does not answer', { exact: false }).first().waitFor({ state: 'detached' });
  watches = false;
  await watching;
  assert.ok(
    seen.every((text) => /Succeeded/.test(text) && !/Running/.test(text)),
    'a run that has ended was shown as one that runs',
  );
  await closeEnded();
  await closeLive();
  await closeList();
} finally {
  await browser.close();
  await kill(child);
}
