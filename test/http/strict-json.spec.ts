import fc from 'fast-check';
import { readStrictJson } from '@tichet-albastru/kernel/strict-json';

const read = (text: string): ReturnType<typeof readStrictJson> => readStrictJson(new TextEncoder().encode(text));

describe('strict JSON', () => {
  it.each([
    ['{"a":1,"a":2}', 'duplicate-key', 'a'],
    ['{"a":1,"\\u0061":2}', 'duplicate-key', 'a'],
    ['{"a":{"b":1,"b":1}}', 'duplicate-key', 'a.b'],
    ['[{"x":1},{"x":1,"x":1}]', 'duplicate-key', 'x'],
    ['{"__proto__":{"role":"admin"}}', 'forbidden-key', '__proto__'],
    ['{"a":{"\\u005f_proto__":1}}', 'forbidden-key', 'a.__proto__'],
    ['{"constructor":{"prototype":1}}', 'forbidden-key', 'constructor'],
    ['{"prototype":1}', 'forbidden-key', 'prototype'],
    ['{"a":1e999}', 'number-out-of-range', 'a'],
    ['{"a":[-1e999]}', 'number-out-of-range', 'a'],
    ['{"a":"\\ud800"}', 'broken-text', 'a'],
    [`${'['.repeat(33)}${']'.repeat(33)}`, 'too-deep', ''],
    [`${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, 'too-deep', ''],
    [`{${Array.from({ length: 201 }, (_, n) => `"k${n}":0`).join(',')}}`, 'too-many-keys', ''],
    ['{"a":1', 'not-json', ''],
    ['{a:1}', 'not-json', ''],
    ['{"a":01}', 'not-json', ''],
    ['{"a":NaN}', 'not-json', ''],
    ['', 'not-json', ''],
  ])('refuses %.40s as %s', (text, kind, field) => {
    expect(read(text)).toMatchObject({ fault: { kind, field } });
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(readStrictJson(Uint8Array.from([0x22, 0xff, 0x22]))).toEqual({ fault: { kind: 'not-utf-8', field: '' } });
  });

  it('accepts exactly 32 levels and 200 keys, and the same key in different objects', () => {
    expect(read(`${'['.repeat(32)}${']'.repeat(32)}`)).toHaveProperty('value');
    expect(read(`{${Array.from({ length: 200 }, (_, n) => `"k${n}":0`).join(',')}}`)).toHaveProperty('value');
    expect(read('{"a":{"x":1},"b":{"x":1},"c":"a\\"{[,:"}')).toEqual({ value: { a: { x: 1 }, b: { x: 1 }, c: 'a"{[,:' } });
  });

  it('answers what JSON.parse answers for every other value', () => {
    const value = fc.jsonValue({ maxDepth: 5 }).filter((json) => !/__proto__|constructor|prototype|\\u/.test(JSON.stringify(json)));
    fc.assert(
      fc.property(value, (json) => {
        const result = read(JSON.stringify(json));
        if ('value' in result) expect(result.value).toEqual(JSON.parse(JSON.stringify(json)));
        else expect(['too-many-keys', 'too-deep', 'broken-text']).toContain(result.fault.kind);
      }),
    );
  });
});
