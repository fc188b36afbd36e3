import { setTimeout as sleep } from 'node:timers/promises';
import { registerRequest } from '../../../src/application/requests/register-request';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { tellTarget, webhookList, type WebhookView } from '../../../src/application/operation/webhooks';
import { createTestPorts, type TestPorts } from '../../../src/infrastructure/testing/test-ports';
import { createWebhooks, type WebhookOptions } from '../../../src/infrastructure/outside/webhooks/create-webhooks';
import type { WebhookSettings } from '../../../src/infrastructure/outside/webhooks/webhook-settings';
import { mustBeDone, registered, staff } from '../../http/support/service';
import type { Receiver } from './receiver';
import { endsByItself } from '../../support/closing';
import { contextAt } from '../../support/command-context';

const patient = { connect: 60_000, headers: 60_000, body: 60_000, whole: 60_000 };
/** Of a receiver that will say nothing more, however long one waits. */
export const impatient = { connect: 300, headers: 300, body: 300, whole: 400 };

export const targetFor = (receiver: Pick<Receiver, 'url' | 'secret'>, changes: Partial<WebhookSettings> = {}): WebhookSettings => ({
  name: 'statistics',
  url: receiver.url,
  secrets: [receiver.secret],
  events: ['*'],
  private: true,
  fromBeginning: true,
  ...changes,
});

export type Told = {
  readonly ports: TestPorts;
  /** the webhooks of a service that runs on these ports; every run is a process that may be ended */
  readonly run: (broken?: 'one-after-the-other') => { stop(): Promise<void> };
  /** Registers somebody, which is an event. */
  readonly happen: (staffId: string) => Promise<void>;
  readonly standing: () => Promise<readonly WebhookView[]>;
  readonly until: (holds: (shown: readonly WebhookView[]) => boolean) => Promise<readonly WebhookView[]>;
  readonly close: () => Promise<void>;
};

export const createTold = async (
  targets: readonly WebhookSettings[],
  options: Partial<WebhookOptions> = {},
  overrides: Partial<TestPorts> = {},
): Promise<Told> => {
  const ports = createTestPorts(overrides);
  const webhooks = createWebhooks(targets, { source: 'https://tichet.example', clock: ports.clock, limits: patient, ...options });
  let command = 0;
  const context = () => {
    command += 1;
    const id = ports.identifiers.derive('told', String(command));
    return contextAt(ports.clock.now(), id);
  };
  const happen = async (staffId: string): Promise<void> => {
    mustBeDone(await registerStaff(ports)(context(), { ...staff.s002, staffId, email: `${staffId}@primarie.example` }));
  };
  await happen('s002');
  mustBeDone(await registerRequest(ports)(context(), registered));
  const standing = () => webhookList(ports, webhooks.targets);
  return endsByItself(
    {
      ports,
      happen,
      standing,
      run: (broken) => {
        const over = new AbortController();
        const { signal } = over;
        const tell = async (target: (typeof webhooks.targets)[number]): Promise<void> => {
          while (!signal.aborted) {
            await tellTarget({ ...ports, webhooks }, target, signal);
            await sleep(5, undefined, { signal }).catch(() => undefined);
          }
        };
        const tellInTurn = async (): Promise<void> => {
          for (const target of webhooks.targets) await tellTarget({ ...ports, webhooks }, target, signal);
        };
        const work = broken === undefined ? Promise.all(webhooks.targets.map(tell)) : tellInTurn();
        return {
          stop: async () => {
            over.abort();
            await work;
          },
        };
      },
      until: async (holds) => {
        for (;;) {
          const shown = await standing();
          if (holds(shown)) return shown;
          await sleep(5);
        }
      },
      close: () => webhooks.close(),
    },
    'close',
  );
};
