import { createWorld, type World } from '../../application/kernel/processes/world';
import type { Logger, LogValues } from '@tichet-albastru/event-log/ports/logger';
import { allProcesses } from '../../../src/application/operation/all-processes';
import { drain } from '../../../src/application/kernel/processes/runner';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import { openWebex } from '../../../src/infrastructure/outside/video/webex/open-webex';
import { FakeWebex } from './fake-webex';
import { endsByItself } from '../closing';

export type Line = { readonly event: string; readonly values: LogValues };

/** A journal that can be read. */
export const readableJournal = (): Logger & { readonly lines: readonly Line[] } => {
  const lines: Line[] = [];
  const note = (event: string, values: LogValues = {}): void => void lines.push({ event, values });
  return { lines, info: note, warn: note, error: note };
};

const patient = { connect: 60_000, headers: 60_000, body: 60_000, whole: 60_000 };
/** Of a peer that will say nothing more, however long one waits. */
const impatient = { connect: 500, headers: 300, body: 300, whole: 1000 };
export const webexKey = Buffer.alloc(32, 3);

/** A city hall in memory whose meetings are made on a fake Webex, over a real socket. */
export const createWebexWorld = async (
  settings: {
    readonly hostEmail?: string;
    /** another address under which it is asked, and the Webex that stands behind it */
    readonly at?: () => string;
    readonly webex?: FakeWebex;
    readonly isImpatient?: boolean;
  } = {},
) => {
  const webex = settings.webex ?? (await new FakeWebex().start());
  const logger = readableJournal();
  const { at: addressOf = () => webex.url, hostEmail } = settings;
  const hall: World = createWorld();
  const firstToken = { text: 'first-token' };
  const open = () =>
    openWebex(
      {
        baseUrl: addressOf(),
        clientId: 'client',
        clientSecret: 'client-secret',
        refreshTokenFile: 'refresh-token',
        autoRecord: false,
        ...(hostEmail === undefined ? {} : { hostEmail }),
      },
      {
        keyValues: hall.ports.operations.keyValues,
        key: webexKey,
        clock: hall.clock,
        logger,
        watch: () => undefined,
        readFile: () => `${firstToken.text}\n`,
        limits: settings.isImpatient === true ? impatient : patient,
      },
    );
  const opened = open();
  const ports: Ports = { ...hall.ports, video: opened.meetings, logger };
  await hall.open();
  return endsByItself(
    {
      ...hall,
      ports,
      webex,
      logger,
      firstToken,
      /** another process on the same stores */
      open,
      drain: () => drain(ports, allProcesses, hall.clock.now()),
      /** Time goes by, and what is due then is done. */
      later: async (time: { readonly seconds?: number; readonly minutes?: number; readonly hours?: number; readonly days?: number }) => {
        hall.clock.advance(time);
        await drain(ports, allProcesses, hall.clock.now());
      },
      /** What Webex has of this ticket. */
      meetings: () => [...webex.state.meetings.values()],
      close: async () => {
        await webex.stop();
        await opened.close();
      },
    },
    'close',
  );
};
export type WebexWorld = Awaited<ReturnType<typeof createWebexWorld>>;
