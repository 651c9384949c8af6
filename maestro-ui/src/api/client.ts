import createClient, { type Middleware } from 'openapi-fetch';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

const TOKEN = 'maestro.token';

/** The bearer token of this browser tab; nothing where the server believes everybody. */
export const token = {
  get: () => sessionStorage.getItem(TOKEN),
  set: (value: string) => sessionStorage.setItem(TOKEN, value),
};

export function authorization(): Record<string, string> {
  const value = token.get();
  return value ? { Authorization: `Bearer ${value}` } : {};
}

/** What the server refused, as it says it. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: string[];

  constructor(status: number, problem: Partial<Schemas['Problem']> | undefined) {
    super(problem?.detail ?? problem?.message ?? problem?.title ?? `HTTP ${status}`);
    this.name = 'Refusal';
    this.status = status;
    this.code = problem?.code ?? '';
    this.details = (problem?.errors ?? []).filter((error) => error !== this.message);
  }
}

type QueryValue = string | number | boolean | null | undefined;

/** `{first: 50, items: {'item.day': '1'}}` as `first=50&item.day=1`. */
function query(values: Record<string, unknown>): string {
  const search = new URLSearchParams();
  const add = ([name, value]: [string, unknown]) => {
    if (value !== null && typeof value === 'object') {
      Object.entries(value).forEach(add);
    } else if (value !== undefined && value !== null && value !== '') {
      search.append(name, String(value as QueryValue));
    }
  };
  Object.entries(values).forEach(add);
  return search.toString();
}

const withToken: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(authorization())) {
      request.headers.set(name, value);
    }
    return request;
  },
};

export const api = createClient<paths>({ baseUrl: '/', querySerializer: query });
api.use(withToken);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What the server answered, or a {@link Refusal}. */
export async function answer<T>(request: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await request;
  if (!response.ok || data === undefined) {
    throw new Refusal(response.status, error as Partial<Schemas['Problem']> | undefined);
  }
  return data;
}

/** Lets a request end that answers nothing, or fails with a {@link Refusal}. */
export async function done(request: Promise<Answer<unknown>>): Promise<void> {
  const { error, response } = await request;
  if (!response.ok) {
    throw new Refusal(response.status, error as Partial<Schemas['Problem']> | undefined);
  }
}
