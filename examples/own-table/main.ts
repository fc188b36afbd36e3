import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { type CommandContext, type Ports, portsToken, RegisterRequest, RegisterStaff, Tables, TichetAlbastruModule } from 'tichet-albastru';
import { type HandledRequests, handledRequests } from './handled-requests';

@Module({ imports: [CqrsModule, TichetAlbastruModule.forRoot({ http: false, projections: [handledRequests] })] })
class CityHallModule {}

const told = (id: string): CommandContext => {
  const actor = { kind: 'system', id: 'registry-feed' } as const;
  return { commandId: id, correlationId: id, causationId: id, asker: { kind: 'host' }, actor, at: new Date().toISOString() };
};

/** A civil servant and their requests. */
const register = async (commands: CommandBus, staffId: string, numbers: readonly string[]): Promise<void> => {
  const department = { department: 'Autorizări', departmentCode: '425' };
  const person = { ...department, staffId, name: 'Levente Fodor', role: 'executive', email: `${staffId}@primarie.example` } as const;
  await commands.execute(new RegisterStaff(told(staffId), person));
  const request = { filedOn: '2026-02-02', applicantName: 'Țurcanu Ștefan', handlerStaffId: staffId, status: 'in-operation' } as const;
  for (const number of numbers) await commands.execute(new RegisterRequest(told(number), { ...request, number }));
};

const start = async (): Promise<void> => {
  const app = await NestFactory.createApplicationContext(CityHallModule, { logger: false });
  await register(app.get(CommandBus), 'f02', ['300117', '300142']);
  await register(app.get(CommandBus), 'f06', ['300165']);

  const { store, readModels } = app.get<Ports>(portsToken);
  await readModels.reached(await store.end(), 10_000);
  const { rows } = await readModels.select<HandledRequests>('handled-requests', { orderBy: [{ column: 'requests', descending: true }] });
  for (const { staffId, requests } of rows) console.log(`${staffId}: ${requests}`);

  console.log(await app.get(Tables).rebuild('handled-requests'));
  await app.close();
};

void start();
