import type { DocumentRegister } from '../../application/kernel/ports/document-register';
import { silentLogger } from '@tichet-albastru/event-log/testing/silent-logger';
import type { Letter, Mailer } from '../../application/kernel/ports/mailer';
import type { Ports } from '../../application/kernel/ports/ports';
import type { ProjectionStore } from '@tichet-albastru/event-log/ports/projection-store';
import { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import type { VideoMeetings } from '../../application/kernel/ports/video-meetings';
import type { CivilDate } from '../../domain/kernel/fact';
import type { ConnectedDocument } from '../../domain/ticket/filing-confirmation';
import { defined } from '@tichet-albastru/kernel/defined';
import { policiesWith } from '../../domain/policies';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { createCorrespondence } from '../outside/mail/correspondence';
import { createMemoryOperations } from '../tables/operations/memory-operations';
import type { KeyStore } from '@tichet-albastru/event-log/keys/key-store';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { createPersonalData } from '../log/keys/personal-data';
import { derivedFrom } from '../log/keys/purpose-keys';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { createEventCodec } from '../log/codec/event-codec.codec';
import { countableIdentifiers } from '@tichet-albastru/event-log/testing/countable-identifiers';
import { fixedClock, type FixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';

/** A mailer that keeps what it is given. */
export type CollectingMailer = Mailer & { readonly letters: readonly Letter[] };

export const collectingMailer = (): CollectingMailer => {
  const letters: Letter[] = [];
  return {
    letters,
    send: (letter) => {
      if (!letters.some(({ letterId }) => letterId === letter.letterId)) letters.push(letter);
      return Promise.resolve({ kind: 'accepted' });
    },
    forget: (ticketId) => {
      const kept = letters.filter((letter) => letter.ticketId !== ticketId);
      const forgotten = letters.length - kept.length;
      letters.splice(0, letters.length, ...kept);
      return Promise.resolve(forgotten);
    },
  };
};

/** Art. 5 word for word: a person makes the meeting. */
export const manualMeetings: VideoMeetings = { kind: 'manual' };

/** Numbers documents from 1 on, one a ticket. */
export const countingRegister = (): DocumentRegister => {
  const numbers = new Map<string, string>();
  return {
    file: ({ ticketId }) => {
      const documentNumber = numbers.get(ticketId) ?? `TA-${numbers.size + 1}`;
      numbers.set(ticketId, documentNumber);
      return Promise.resolve({ documentNumber });
    },
  };
};

/** A register that can be asked, in memory: what is filed in it is there at once, and what stands in `listed` was made by people. */
export type ListingRegister = DocumentRegister & { readonly listed: ConnectedDocument[] };

/** @param today the day on which it registers what is filed */
export const listingRegister = (today: () => CivilDate): ListingRegister => {
  const register = countingRegister();
  const listed: ConnectedDocument[] = [];
  return {
    listed,
    file: async (document) => {
      const filed = await register.file(document);
      const { request: connectedTo } = document;
      if ('documentNumber' in filed && !listed.some(({ documentNumber }) => documentNumber === filed.documentNumber))
        listed.push({ documentNumber: filed.documentNumber, registeredOn: today(), type: 'Tichetul albastru', connectedTo });
      return filed;
    },
    connected: ({ number, filedOn }) =>
      Promise.resolve(listed.filter(({ connectedTo }) => connectedTo.number === number && connectedTo.filedOn === filedOn)),
  };
};

export { silentLogger };

/** Ports over memory, with the parts that a test wants to move or look into. */
export type TestPorts = Ports & {
  readonly clock: FixedClock;
  readonly mailer: CollectingMailer;
  readonly readModels: MemoryReadModels;
  readonly rows: ProjectionStore;
  readonly keys: KeyStore;
};

/** Every port in memory, with a clock that stands still and ids that are the same in every run. */
export const createTestPorts = (overrides: Partial<TestPorts> = {}): TestPorts => {
  const keys = overrides.keys ?? createMemoryKeyStore();
  const readModels = overrides.readModels ?? new MemoryReadModels();
  const policies = overrides.policies ?? policiesWith({ 'slot-release-delay': { value: null, version: 2 } });
  return {
    store: createMemoryEventStore(),
    streamCache: new StreamCache(),
    codec: createEventCodec({ keys }),
    personalData: createPersonalData({ keys, purposeKeys: derivedFrom(Buffer.alloc(32, 7)) }),
    operations: createMemoryOperations(),
    mailer: collectingMailer(),
    video: manualMeetings,
    documents: countingRegister(),
    requests: { kind: 'told-to-us' },
    clock: fixedClock(),
    identifiers: countableIdentifiers(),
    logger: silentLogger,
    correspondence: createCorrespondence({
      from: 'Primăria <tichet@primaria.example>',
      policies,
      ...defined({ informationCentre: overrides.cityHall?.informationCentre, recordingNotice: overrides.cityHall?.recordingNotice }),
    }),
    cityHall: { publicUrl: 'https://tichet.example', meetingPlace: 'Calea Moților 3, Cluj-Napoca' },
    policies,
    ...overrides,
    keys,
    readModels,
    rows: readModels,
  };
};
