// What the tests ask of a server: its REST routes, as anybody would.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const WAIT = 180_000;
const PAUSE = 100;

export class Server {
  constructor(base) {
    this.base = base;
  }

  /** Asks again, as it is told to, when the server can't answer now. */
  async call(method, path, body, type = 'application/json') {
    return until(`${method} ${path} is answered`, () => this.tryCall(method, path, body, type));
  }

  async tryCall(method, path, body, type) {
    const response = await fetch(this.base + path, {
      method,
      body,
      headers: body === undefined ? {} : { 'Content-Type': type },
    });
    const text = await response.text();
    if (response.status === 503 || response.status === 429) {
      return undefined;
    }
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return text === '' ? {} : JSON.parse(text);
  }

  async text(path) {
    return (await fetch(this.base + path)).text();
  }

  async push(name) {
    const yaml = await readFile(new URL(`workflows/${name}.yaml`, import.meta.url), 'utf8');
    return this.call('POST', '/api/v3/workflows/yaml', yaml, 'application/yaml');
  }

  async start(workflow, params = {}) {
    const values = Object.entries(params).map(([name, [type, value]]) => [name, { type, value }]);
    const body = JSON.stringify({
      initiator: { type: 'manual' },
      request_id: randomUUID(),
      run_params: Object.fromEntries(values),
    });
    const started = await this.call('POST', `/api/v3/workflows/${workflow}/versions/active/actions/start`, body);
    return started.workflow_instance_id;
  }

  run(workflow, instance) {
    return this.call('GET', `/api/v3/workflows/${workflow}/instances/${instance}/runs/latest`);
  }

  /** For what nobody here starts: a trigger does. */
  async begun(workflow, instance) {
    return until(`${workflow}#${instance} has begun`, async () => {
      const path = `/api/v3/workflows/${workflow}/instances/${instance}/runs/latest`;
      return (await fetch(this.base + path)).ok;
    });
  }

  async ended(workflow, instance) {
    return until(`${workflow}#${instance} has ended`, async () => {
      const { status } = await this.run(workflow, instance);
      return /^(SUCCEEDED|FAILED|STOPPED|TIMED_OUT)$/.test(status) ? status : undefined;
    });
  }
}

/** What `found` gives, as soon as it gives something. */
export async function until(what, found, within = WAIT) {
  const deadline = Date.now() + within;
  for (;;) {
    const value = await found();
    if (value !== undefined && value !== false) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`waited ${within} ms until ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
