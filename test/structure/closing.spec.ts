import { closing, emptyFolder, endsByItself } from '../support/closing';
import { existsSync } from 'node:fs';

describe('what a test opens', () => {
  const ended: string[] = [];
  const thing = (name: string) => endsByItself({ close: () => ended.push(name) }, 'close');
  let folder = '';
  beforeAll(() => {
    closing({ end: () => ended.push('of the suite') });
  });
  afterEach(() => {
    ended.push('a hook of the test');
  });

  it('stays open as long as the test', () => {
    folder = emptyFolder();
    thing('first');
    thing('second').close();
    closing({ stop: () => ended.push('third') });
    expect(existsSync(folder)).toBe(true);
    expect(ended).toEqual(['second']);
  });

  it('was ended once behind it and its hooks, what was opened last first; what the suite opened is still there', () => {
    expect(ended).toEqual(['second', 'a hook of the test', 'third', 'first']);
    expect(existsSync(folder)).toBe(false);
  });
});
