import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CommandContext,
  GetEligibility,
  type Ports,
  portsToken,
  readSettings,
  RegisterRequest,
  RegisterStaff,
  TichetAlbastruModule,
} from '../../src';
import { onPostgres, type Place } from '../support/places';
import { contextAt } from '../support/command-context';
import { emptyFolder } from '../support/closing';
import { eventually } from '../support/eventually';

const person = {
  department: 'Autorizări',
  departmentCode: '425',
  name: 'Levente Fodor',
  role: 'executive',
  email: 'f@primarie.example',
} as const;
const request = { filedOn: '2026-02-02', applicantName: 'Țurcanu Ștefan', handlerStaffId: 'f02', status: 'in-operation' } as const;
const told = (commandId: string): CommandContext => contextAt(new Date().toISOString(), commandId, { kind: 'system', id: 'registry-feed' });

describe('teams that embed the module with settings of PostgreSQL, several of them in one process', () => {
  const folder = emptyFolder();
  const masterKeyFile = join(folder, 'master.key');
  writeFileSync(masterKeyFile, randomBytes(32), { mode: 0o400 });
  const apps: { close(): Promise<void> }[] = [];
  afterAll(async () => {
    for (const app of apps) await app.close();
  });
  const hostOf = async (name: string, { settings: stores }: Place) => {
    const environment = {
      ...stores,
      TICHET_DATA_DIR: join(folder, name),
      TICHET_MASTER_KEY_FILE: masterKeyFile,
      TICHET_LOG_LEVEL: 'silent',
    };
    const { settings } = readSettings(environment, () => '');
    @Module({ imports: [CqrsModule, TichetAlbastruModule.forRoot({ settings, http: false })] })
    class HostModule {}
    const app = await NestFactory.createApplicationContext(HostModule, { logger: false });
    apps.push(app);
    const [commands, queries, ports] = [app.get(CommandBus), app.get(QueryBus), app.get<Ports>(portsToken)];
    return {
      register: (number: string) => commands.execute(new RegisterRequest(told(`request-${number}`), { ...request, number })),
      staff: () => commands.execute(new RegisterStaff(told('staff-f02'), { ...person, staffId: 'f02' })),
      isEligible: async (number: string): Promise<unknown> => {
        const end = await ports.store.end();
        await eventually('the tables of this host show what the other wrote', () => ports.readModels.reached(end, 1000));
        return queries.execute(new GetEligibility({ number, filedOn: request.filedOn }));
      },
      close: () => apps.splice(apps.indexOf(app), 1)[0]?.close(),
    };
  };

  it('two on one database are one city hall, also after the first has gone; a third on another knows nothing of it', async () => {
    const ours = await onPostgres();
    const one = await hostOf('one', ours);
    const two = await hostOf('two', ours);
    const other = await hostOf('other', await onPostgres());
    expect(await one.staff()).toMatchObject({ kind: 'done' });
    expect(await two.staff()).toMatchObject({ kind: 'done' });
    expect(await two.register('300117')).toMatchObject({ kind: 'done' });
    for (const host of [one, two]) expect(await host.isEligible('300117')).toMatchObject({ eligible: true });
    expect(await other.isEligible('300117')).toMatchObject({ code: 'not-found' });
    await one.close();
    expect(await two.register('300118')).toMatchObject({ kind: 'done' });
    expect(await two.isEligible('300118')).toMatchObject({ eligible: true });
    expect(await other.staff()).toMatchObject({ kind: 'done' });
    expect(await other.isEligible('300118')).toMatchObject({ code: 'not-found' });
  });
});
