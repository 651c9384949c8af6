// Everything in which a user may write what they like, filled with markup that would show if a page took it for its own.
import assert from 'node:assert/strict';
import { open } from './browser.mjs';
import { until } from './server.mjs';

const PROBES = [
  `<img src=x onerror="globalThis.ran=1">`,
  `"><svg onload="globalThis.ran=1"></svg>`,
  `</script><script>globalThis.ran=1</script>`,
  `<a href="javascript:globalThis.ran=1">link</a>`,
  `{{constructor.constructor('globalThis.ran=1')()}}`,
];
const ALL = PROBES.join(' ');

function definition() {
  const text = JSON.stringify(ALL);
  return `workflow:
  id: markup
  name: ${JSON.stringify(ALL.slice(0, 200))}
  description: ${text}
  owner: ${JSON.stringify(PROBES[0])}
  tags: ${JSON.stringify([PROBES[4]])}
  run_strategy: parallel
  params:
    text: ${text}
    list: ${JSON.stringify(PROBES)}
  jobs:
    - id: print
      type: Shell
      script: |
        cat <<'PROBES'
${PROBES.map((probe) => `        ${probe}`).join('\n')}
        PROBES
      signals:
        - signal: ${JSON.stringify(`markup/${PROBES[0]}`)}
          params: { text: ${JSON.stringify(PROBES[1])} }
      transition: [fail]
    - id: fail
      type: Shell
      retry: { errors: 0 }
      script: |
        cat >&2 <<'PROBES'
        ${PROBES[0]}
        PROBES
        exit 3
`;
}

/** Nothing of it runs, and what is shown is shown as it was written. */
export async function showMarkupAsText(browser, base, server) {
  await server.call('POST', '/api/v3/workflows/yaml', definition(), 'application/yaml');
  const instance = await server.start('markup');
  await server.ended('markup', instance);
  const name = `markup/${PROBES[0]}`;
  const { page, complaints, close } = await open(browser, base, 'light');
  const run = `/workflows/markup/instances/${instance}/runs/1`;
  const places = [
    ['/', PROBES[0]],
    ['/runs', PROBES[0]],
    ['/workflows?q=markup', PROBES[0]],
    ['/workflows/markup', PROBES[2]],
    ['/workflows/markup/start', PROBES[0]],
    [`${run}?step=print&tab=params`, PROBES[0]],
    [`${run}?step=print&tab=log`, PROBES[2]],
    [`${run}?step=fail&tab=timeline`, PROBES[0]],
    ['/edit?workflow=markup', PROBES[0]],
    [`/signals?name=${encodeURIComponent(name)}`, PROBES[1].slice(0, 20)],
    [`/signals?name=${encodeURIComponent(name)}&seq=1`, PROBES[1].slice(0, 20)],
    ['/lineage?workflow=markup', undefined],
  ];
  for (const [path, shown] of places) {
    await page.goto(path);
    await page.locator('h1').first().waitFor();
    if (shown !== undefined) {
      await until(`${path} shows ${shown}`, () =>
        page.evaluate((text) => {
          const within = (root) => {
            const inputs = [...root.querySelectorAll('input, textarea')].map(({ value }) => value);
            const shadows = [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
              shadowRoot ? [within(shadowRoot)] : [],
            );
            return [root.textContent ?? root.body?.textContent ?? '', ...inputs, ...shadows].join('\n');
          };
          // Within JSON a quote has a backslash before it.
          return within(document.body).replaceAll('\\"', '"').includes(text);
        }, shown),
      );
    }
    assert.equal(await page.evaluate(() => globalThis.ran), undefined, `something ran on ${path}`);
    assert.equal(await page.locator('main img, main script, main a[href^="javascript:"]').count(), 0, path);
  }
  assert.deepEqual(complaints, []);
  await close();
}
