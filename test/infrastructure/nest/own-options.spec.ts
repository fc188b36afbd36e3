import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openPorts, OptionsUnusable, TichetAlbastruModule } from '../../../src';

import { lackingIn, portNames } from '../../../src/infrastructure/nest/own-ports';
import { createTestPorts } from '../../../src/infrastructure/testing';
import { closing, emptyFolder } from '../../support/closing';
import { settingsOf } from '../tools/command-line/captured';

type Options = NonNullable<Parameters<typeof TichetAlbastruModule.forRoot>[0]>;
/** As a host that is written in JavaScript says it. */
const untyped = (options: object): Options => options;

let folder: string;
beforeEach(() => {
  folder = join(emptyFolder(), 'data');
});

const startWith = async (modules: (settings: Options) => DynamicModule[]): Promise<void> => {
  @Module({})
  class HostModule {}
  const settings = { ...settingsOf(folder), eventStore: 'memory', readModels: 'memory' } as const;
  const imports = modules({ settings });
  closing(await NestFactory.createApplicationContext({ module: HostModule, imports }, { logger: false, abortOnError: false }));
};
const forRoot = (options: object): Promise<void> =>
  startWith((settings) => [TichetAlbastruModule.forRoot(untyped({ http: false, ...settings, ...options }))]);
const forRootAsync = (answer: object, beside: object = {}): Promise<void> =>
  startWith((settings) => [
    TichetAlbastruModule.forRootAsync({ http: false, useFactory: () => untyped({ ...settings, ...answer }), ...beside }),
  ]);

const { mailer } = createTestPorts();
const lacking = { send: () => Promise.resolve({ kind: 'accepted' }) };

describe('what a host declares', () => {
  it.each<readonly [string, () => Promise<void>, RegExp]>([
    ['an option that there is not', () => forRoot({ proceses: false }), /no option proceses; the nearest is processes/],
    ['a mounting key that there is not', () => forRoot({ mountpath: '/x' }), /no option mountpath; the nearest is mountPath/],
    ['an option that there is not in the answer of a factory', () => forRootAsync({ port: {} }), /no option port; the nearest is ports/],
    ['a mounting key in the answer of a factory', () => forRootAsync({ http: false }), /The option http decides .* beside useFactory/],
    ['an option beside a factory', () => forRootAsync({}, { ports: {} }), /no option ports; the nearest is/],
    ['a port that there is not', () => forRoot({ ports: { mailr: mailer } }), /no port mailr; the nearest is mailer/],
    ['a port that lacks a function', () => forRoot({ ports: { mailer: lacking } }), /The port mailer lacks forget;/],
    ['a port that is not there', () => forRootAsync({ ports: { mailer: undefined } }), /The port mailer lacks mailer;/],
    ['a port of no kind', () => forRoot({ ports: { video: { kind: 'zoom' } } }), /The port video lacks kind;/],
    [
      'a port of a kind',
      () => forRoot({ ports: { video: { kind: 'automatic' } } }),
      /lacks create, move, cancel, recordings, recordingStands;/,
    ],
    ['an object where a function is wanted', () => forRoot({ ports: { purposeKeys: {} } }), /The port purposeKeys lacks purposeKeys;/],
    ['ports that are none', () => forRoot({ ports: 'mailer' }), /given as ports is no object/],
    [
      'no options',
      () => startWith(() => [TichetAlbastruModule.forRootAsync({ http: false, useFactory: () => null as never })]),
      /as options/,
    ],
    [
      'two modules',
      () =>
        startWith((settings) => [true, false].map((processes) => TichetAlbastruModule.forRoot({ ...settings, http: false, processes }))),
      /stands in the application twice/,
    ],
  ])('%s: ends the start with a sentence, and nothing is opened', async (_, start, sentence) => {
    const refused: unknown = await start().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OptionsUnusable);
    expect(String(refused)).toMatch(sentence);
    expect(String(refused)).toContain(' / ');
    expect(existsSync(folder)).toBe(false);
  });

  it('what there is starts: by forRoot, by a factory, and the same module in two places', async () => {
    await forRoot({ ports: { mailer, textMessages: undefined, video: { kind: 'manual' } }, processes: false, web: undefined });
    folder = emptyFolder();
    await forRootAsync({ ports: { ...createTestPorts(), tokenKey: new Uint8Array(32) } }, { mountPath: '/city', inject: [] });
    const one = TichetAlbastruModule.forRoot({ settings: settingsOf(join(folder, 'one')), http: false });
    @Module({ imports: [one] })
    class PartModule {}
    await startWith(() => [one, { module: PartModule }]);
  });

  it('each port that the module makes has the functions that a host’s must have, and without them it is refused', async () => {
    const { ports, ...others } = closing(await openPorts(settingsOf(folder)));
    const made = Object.entries({ ...ports, ...others }).filter(([name]) => portNames.includes(name));
    expect(made.map(([name]) => name)).toEqual(expect.arrayContaining(['store', 'operations', 'sealing', 'purposeKeys']));
    for (const [name, port] of made) expect([name, lackingIn(name, port)]).toEqual([name, []]);
    expect(lackingIn('operations', { ...ports.operations, tokens: undefined })).toContain('tokens.revoke');
  });
});
