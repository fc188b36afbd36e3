import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerRequest } from '../../../src/application/requests/register-request';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { type CommandContext, commandOf } from '../../../src/application/kernel/execute';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import { readSettings } from '../../../src/infrastructure/config/settings';
import { openPorts } from '../../../src/infrastructure/nest/open-ports';
import { readSettingsFile } from '../../../src/infrastructure/nest/ports.module';
import { freshFolder } from './stores';

export const applicantName = 'Lăcătuș Andrei';
export const filedOn = '2026-02-16';
export const numberOf = (n: number): string => String(500_000 + n);

const contextOf = ({ identifiers, clock }: Ports): CommandContext => commandOf({ kind: 'host' }, identifiers.next(), clock.now());

/** A data folder with so many people and requests, the requests given to one after the other. @returns the service's environment */
export const cityHall = async (
  {
    people,
    requests,
    settings = {},
  }: { readonly people: number; readonly requests: number; readonly settings?: Readonly<Record<string, string>> },
  further: (store: EventStore) => Promise<unknown> = () => Promise.resolve(),
): Promise<Readonly<Record<string, string>> & { readonly TICHET_DATA_DIR: string }> => {
  const folder = freshFolder();
  const policies = join(folder, 'policies.json');
  // The bench comes from one address.
  const unbounded = { value: null, version: 2 };
  const lookups = { value: { unmatched: 10_000, minutes: 10 }, version: 2 };
  writeFileSync(policies, JSON.stringify({ 'lookup-throttle': lookups, 'code-letters': unbounded, 'request-rate': unbounded }));
  const environment = { TICHET_DATA_DIR: folder, TICHET_POLICIES_FILE: policies, TICHET_LOG_LEVEL: 'warn', ...settings };
  const opened = await openPorts(readSettings(environment, readSettingsFile).settings);
  const { ports } = opened;
  await Promise.all(
    Array.from({ length: people }, (_, n) =>
      registerStaff(ports)(contextOf(ports), {
        staffId: `s${n}`,
        name: 'Zoltán Marc',
        role: 'executive',
        department: 'Autorizări',
        departmentCode: '425',
        email: `s${n}@primarie.example`,
      }),
    ),
  );
  for (let from = 0; from < requests; from += 200) {
    await Promise.all(
      Array.from({ length: Math.min(200, requests - from) }, (_, n) =>
        registerRequest(ports)(contextOf(ports), {
          number: numberOf(from + n),
          filedOn,
          applicantName,
          department: 'Autorizări',
          departmentCode: '425',
          handlerStaffId: `s${(from + n) % people}`,
          status: 'in-operation',
        }),
      ),
    );
  }
  await further(ports.store);
  await opened.close();
  return environment;
};
