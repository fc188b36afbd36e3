import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DomainEvent } from '../../src/domain/facts';
import { objectOf, outgoing } from '../../src/infrastructure/outside/webhooks/outgoing-events';
import { cloudEventOf, isMeant, outgoingEvents, outgoingNameOf } from '../../src/infrastructure/outside/webhooks/outgoing-events';
import { documentText } from '../../src/infrastructure/outside/webhooks/write-asyncapi';
import { yamlOf } from '../../src/infrastructure/outside/webhooks/write-asyncapi';
import { codec, type Golden } from '../golden/golden-file';
import { toolFile } from '../support/tool';
import { schemaFaults } from './support/schema-faults';

const root = join(__dirname, '../..');
const committed = join(root, 'asyncapi.yaml');

/** Every fact that was ever written, as it reads today. */
const golden: readonly DomainEvent[] = readdirSync(join(root, 'test/golden'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => codec.decode((JSON.parse(readFileSync(join(root, 'test/golden', name), 'utf8')) as Golden).recorded));
const going = golden.filter((event) => outgoingEvents.has(outgoingNameOf(event)));

const isSealed = (value: unknown): boolean => typeof value === 'object' && value !== null && 'sealed' in value;
/** Every single value of an event that is not sealed, by its way there. */
const leaves = (value: unknown, at = ''): readonly string[] =>
  isSealed(value)
    ? []
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, part]) => leaves(part, `${at}.${name}`))
      : [`${at}=${JSON.stringify(value)}`];

describe('asyncapi.yaml', () => {
  it('is what the code says (npm run asyncapi writes it anew)', () => {
    if (process.env['WRITE_ASYNCAPI'] === '1') writeFileSync(committed, documentText());
    expect(readFileSync(committed, 'utf8')).toBe(documentText());
  });

  it('is AsyncAPI 3 by the parser of the AsyncAPI initiative, with every event that goes out; a fault in it would be found', () => {
    // in a process of its own: the parser brings modules that cannot live in a test's sandbox
    const program = `
      const { Parser } = require(process.argv[2]);
      const text = require('fs').readFileSync(process.argv[1], 'utf8');
      const look = async (text) => {
        const { document, diagnostics } = await new Parser().parse(text);
        return {
          errors: diagnostics.filter(({ severity }) => severity === 0).map(({ message }) => message),
          messages: document?.allMessages().all().map((message) => message.name()) ?? [],
          version: document?.version(),
        };
      };
      (async () => {
        const broken = text.replace('action: send', 'action: shout');
        process.stdout.write(JSON.stringify([await look(text), await look(broken)]));
      })();`;
    const [sound, broken] = JSON.parse(
      execFileSync(process.execPath, ['-e', program, committed, toolFile('asyncapi', '@asyncapi/parser/cjs/index.js')], {
        cwd: root,
        encoding: 'utf8',
      }),
    );
    expect(sound).toMatchObject({ errors: [], version: '3.0.0' });
    expect([...new Set(sound.messages)].sort()).toEqual([...outgoingEvents.keys()].sort());
    expect(broken.errors.length).toBeGreaterThan(0);
  });

  it('says of every message what happened', () => {
    const text = readFileSync(committed, 'utf8');
    expect(text.match(/^ {6}summary: /gm)).toHaveLength(outgoingEvents.size);
  });
});

describe('what goes out', () => {
  it('every fact but those about running the service and about who looked', () => {
    expect(new Set(golden.filter((event) => !going.includes(event)).map(({ category }) => category))).toEqual(new Set(['ops', 'reading']));
    expect(new Set(going.map(outgoingNameOf))).toEqual(new Set(outgoingEvents.keys()));
  });

  it.each(going.map((event) => [outgoingNameOf(event), event] as const))(
    '%s: as asyncapi.yaml describes it, whole but for sealed text',
    (name, event) => {
      const { data } = JSON.parse(cloudEventOf('https://tichet.example', event));
      const schema = outgoingEvents.get(name)?.data ?? objectOf({});
      expect(schemaFaults(schema, data)).toEqual([]);
      expect([...leaves(data)].sort()).toEqual([...leaves(event.fact.data)].sort());
      expect(JSON.stringify(data)).not.toMatch(/sealed|"key":|bound/);
    },
  );

  it('a part that is added to a fact one day stays at home; the judge would find one that goes', () => {
    const schema = objectOf({ ground: objectOf({ kind: { type: 'string' } }) });
    const added = { ground: { kind: 'in-operation', remark: 'about a person' } };
    expect(outgoing(schema, added)).toEqual({ ground: { kind: 'in-operation' } });
    expect(schemaFaults(schema, added)).toEqual(['data.ground.remark is not described']);
    expect(schemaFaults(schema, {})).toEqual(['data.ground is missing']);
  });

  it('is chosen by name, by category, or all of it; never what stays at home', () => {
    expect(
      [['*'], ['ticket.*'], ['ticket.Held'], ['request.*'], ['ticket.Scheduled']].map((wanted) => isMeant('ticket.Held', wanted)),
    ).toEqual([true, true, true, false, false]);
    expect(isMeant('ops.EventSkipped', ['*', 'ops.*', 'ops.EventSkipped'])).toBe(false);
  });
});

it('writes YAML that reads as the data it was made of, odd texts included', () => {
  expect(
    yamlOf({
      a: 'yes',
      on: 1,
      'x-y': [[1, 2], { b: 'c: d', e: [] }],
      f: {},
      g: null,
      h: '#/i',
      j: '1.0',
      k: 'three words',
      l: [{ m: { n: true } }],
    }),
  ).toBe(
    [
      'a: "yes"',
      '"on": 1',
      'x-y:',
      '  - - 1',
      '    - 2',
      '  - b: "c: d"',
      '    e: []',
      'f: {}',
      'g: null',
      'h: "#/i"',
      'j: "1.0"',
      'k: "three words"',
      'l:',
      '  - m:',
      '      "n": true',
      '',
    ].join('\n'),
  );
});
