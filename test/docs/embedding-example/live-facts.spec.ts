import { Injectable, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule, EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filter, firstValueFrom } from 'rxjs';
import { FactRecorded, Facts, readSettings, RegisterStaff, TichetAlbastruModule } from '../../../src/index';

const folder = mkdtempSync(join(tmpdir(), 'city-hall-'));
const { settings } = readSettings({ TICHET_DATA_DIR: folder, TICHET_EVENT_STORE: 'memory', TICHET_LOG_LEVEL: 'silent' }, () => '');

/** A screen at the entrance: it shows how often people changed since it was switched on. */
@Injectable()
class EntranceScreen implements OnApplicationBootstrap {
  changes = 0;
  constructor(readonly facts: Facts) {}

  onApplicationBootstrap(): void {
    this.facts.facts$.pipe(filter(({ category }) => category === 'staff')).subscribe(() => (this.changes += 1));
  }
}

/** A cache of the host's own that forgets what is no longer so, by way of Nest's EventBus. */
@Injectable()
@EventsHandler(FactRecorded)
class PhoneBook implements IEventHandler<FactRecorded> {
  readonly forgotten: string[] = [];

  handle({ event }: FactRecorded): void {
    if (event.category === 'staff') this.forgotten.push(event.stream);
  }
}

@Module({
  imports: [CqrsModule, TichetAlbastruModule.forRoot({ settings, http: false, eventBus: true })],
  providers: [EntranceScreen, PhoneBook],
})
class EntranceModule {}

it('hears of each fact while it is there', async () => {
  const app = await NestFactory.createApplicationContext(EntranceModule, { logger: false });
  const screen = app.get(EntranceScreen);
  const written = firstValueFrom(screen.facts.facts$);

  const who = { asker: { kind: 'host' }, actor: { kind: 'system', id: 'registry-feed' } } as const;
  const context = { commandId: 'm-1', correlationId: 'm-1', causationId: 'm-1', ...who, at: new Date().toISOString() };
  const department = { department: 'Autorizări', departmentCode: '425' };
  const person = { ...department, staffId: 'f02', name: 'Levente Fodor', role: 'executive', email: 'f02@primarie.example' } as const;
  await app.get(CommandBus).execute(new RegisterStaff(context, person));

  expect((await written).fact.type).toBe('StaffRegistered');
  expect([screen.changes, app.get(PhoneBook).forgotten]).toEqual([1, ['staff-f02']]);
  await app.close();
  rmSync(folder, { recursive: true });
});
