import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CommandContext,
  GetEligibility,
  readSettings,
  RegisterRequest,
  RegisterStaff,
  TichetAlbastruModule,
} from '../../../src/index';

const folder = mkdtempSync(join(tmpdir(), 'city-hall-'));
const { settings } = readSettings({ TICHET_DATA_DIR: folder, TICHET_EVENT_STORE: 'memory', TICHET_LOG_LEVEL: 'silent' }, () => '');
const department = { department: 'Autorizări', departmentCode: '425' };

/** The same command id is the same command: what is told twice is written once. */
const told = (commandId: string): CommandContext => ({
  commandId,
  correlationId: commandId,
  causationId: commandId,
  asker: { kind: 'host' },
  actor: { kind: 'system', id: 'registry-feed' },
  at: new Date().toISOString(),
});

/** A part of the host that listens to the city hall's own document system. */
@Injectable()
class RegistryFeed {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  staff(message: string, staffId: string, name: string) {
    const person = { ...department, staffId, name, role: 'executive', email: `${staffId}@primarie.example` } as const;
    return this.commands.execute(new RegisterStaff(told(message), person));
  }

  request(message: string, number: string, filedOn: string, applicantName: string) {
    const request = { ...department, number, filedOn, applicantName, handlerStaffId: 'f02', status: 'in-operation' } as const;
    return this.commands.execute(new RegisterRequest(told(message), request));
  }

  eligibility(number: string, filedOn: string) {
    return this.queries.execute(new GetEligibility({ number, filedOn }));
  }
}

@Module({ imports: [CqrsModule, TichetAlbastruModule.forRoot({ settings, http: false })], providers: [RegistryFeed] })
class FeedModule {}

it('Art. 2 a: what our own feed registers is eligible, and a stranger’s request is refused', async () => {
  const app = await NestFactory.createApplicationContext(FeedModule, { logger: false });
  const feed = app.get(RegistryFeed);

  expect(await feed.request('message-1', '300117', '2026-02-02', 'Țurcanu Ștefan')).toMatchObject({ kind: 'refused', code: 'invalid' });
  await feed.staff('message-2', 'f02', 'Levente Fodor');
  await feed.request('message-3', '300117', '2026-02-02', 'Țurcanu Ștefan');
  expect(await feed.eligibility('300117', '2026-02-02')).toMatchObject({ ground: 'in-operation', eligible: true });

  await app.close();
  rmSync(folder, { recursive: true });
});
