/** `date=2026*, hour=3` as values by name. */
export function itemsOf(text: string | undefined): Record<string, string> | undefined {
  const pairs = (text ?? '')
    .split(',')
    .map((pair) => pair.split('='))
    .filter(([name, value]) => name?.trim() && value !== undefined)
    .map(([name = '', ...value]) => [name.trim(), value.join('=').trim()] as const);
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

/** The items of an iteration as it is called: `date=20210117`. */
export function nameOf(items: Record<string, unknown>): string {
  return Object.entries(items)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
