import { describe, expect, it } from 'vitest';
import { byBlank, TEMPLATES } from './templates';

const [script, etl] = TEMPLATES;

describe('what is wrong with a form', () => {
  it('stands at the blank that it was typed into, and the first of each', () => {
    const problems = ['/workflow/id', '/workflow/triggers/0/cron', '/workflow/triggers/0/cron', '/workflow/jobs/0'].map(
      (pointer, index) => ({ pointer, index }),
    );
    const { of, rest } = byBlank(script!, problems);
    expect(Object.fromEntries([...of].map(([name, { index }]) => [name, index]))).toEqual({ id: 0, cron: 1 });
    expect(rest.map(({ index }) => index)).toEqual([3]);
  });

  it('tells the scripts of two steps apart', () => {
    const { of } = byBlank(etl!, [{ pointer: '/workflow/jobs/1/script' }]);
    expect([...of.keys()]).toEqual(['load']);
  });
});

describe('a script', () => {
  it('keeps its dollar signs', () => {
    const text = script!.write({ id: 'a', owner: 'b', cron: '', script: 'echo $HOME', retries: '0' });
    expect(text).toContain('echo $$HOME');
    expect(text).not.toContain('triggers');
  });
});
