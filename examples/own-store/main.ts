import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ports, portsToken, readSettings, RegisterStaff, TichetAlbastruModule } from 'tichet-albastru';
import { JsonLinesStore } from './json-lines-store';

@Module({})
class CityHallModule {}

/** The log in a store of one's own; keys, tables and operational state as always. Whoever brings a store closes it. */
const start = async (): Promise<void> => {
  const { settings } = readSettings(process.env, (path) => readFileSync(path, 'utf8'));
  mkdirSync(settings.dataDirectory, { recursive: true, mode: 0o700 });
  const store = await JsonLinesStore.open(join(settings.dataDirectory, 'log.jsonl'));
  const tichet = TichetAlbastruModule.forRoot({ settings, http: false, ports: { store } });
  const app = await NestFactory.createApplicationContext({ module: CityHallModule, imports: [CqrsModule, tichet] }, { logger: false });

  const actor = { kind: 'system', id: 'registry-feed' } as const;
  const context = {
    commandId: 'm-1',
    correlationId: 'm-1',
    causationId: 'm-1',
    asker: { kind: 'host' } as const,
    actor,
    at: new Date().toISOString(),
  };
  const department = { department: 'Autorizări', departmentCode: '425' };
  const person = { ...department, staffId: 'f02', name: 'Levente Fodor', role: 'executive', email: 'f02@primarie.example' } as const;
  const { kind } = await app.get(CommandBus).execute(new RegisterStaff(context, person));

  const { readModels } = app.get<Ports>(portsToken);
  await readModels.reached(await store.end(), 10_000);
  console.log(`${kind}; people in the table: ${await readModels.count('staff-directory')}`);
  await app.close();
  await store.close();
};

void start();
