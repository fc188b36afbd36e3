import type { Ports } from '../../../application/kernel/ports/ports';
import { StreamCache } from '../../../application/kernel/stream-cache';
import { systemClock } from '../../runtime/clock/system-clock';
import { cityHallOf, type Settings } from '../../config/settings';
import { createIdentifiers } from '../../runtime/identifiers/identifiers';
import { createCorrespondence } from '../../outside/mail/correspondence';
import { openMasterKeyOf } from '../../nest/open-master-key';
import { createPersonalData } from '../../log/keys/personal-data';
import { noteVerifierOf } from '../../signed-log/signed-note';
import { countsEvents } from '../../proof/seal/sealing';
import { createCurrentSeal } from '../../proof/seal/current-seal';
import { localDocumentRegister } from '../../outside/document-system/local-document-register';
import { createEventCodec } from '../../log/codec/event-codec.codec';
import { pinoLogger } from '../../telemetry/pino-logger';
import { mustHaveData, openReadingStores, type ReadingStores } from './reading-stores';

const readingPorts = (settings: Settings, { store, operations, readModels, keys, purposeKeys }: ReadingStores): Ports => {
  const { policies, mailFrom } = settings;
  const onlyReads = (): Promise<never> => Promise.reject(new Error('The stores were opened for reading.'));
  return {
    store,
    streamCache: new StreamCache(),
    codec: createEventCodec({ keys }),
    personalData: createPersonalData({ keys, purposeKeys }),
    readModels,
    operations,
    mailer: { send: onlyReads, forget: onlyReads },
    video: { kind: 'manual' },
    documents: localDocumentRegister,
    requests: { kind: 'told-to-us' },
    correspondence: createCorrespondence({ from: mailFrom, policies }),
    cityHall: cityHallOf(settings),
    clock: systemClock,
    identifiers: createIdentifiers(),
    logger: pinoLogger('silent'),
    policies,
  };
};

/**
 * Opens the stores for reading, and closes them whatever happens.
 * @throws CommandEnds when nothing was ever kept there, MasterKeyUnusable, DatabaseUnusable
 */
export const whileReading = async <T>(settings: Settings, work: (ports: Ports, stores: ReadingStores) => Promise<T>): Promise<T> => {
  mustHaveData(settings);
  const masterKey = await openMasterKeyOf(settings, { create: false, finish: false });
  const stores = await openReadingStores(settings, masterKey);
  try {
    const verifier = noteVerifierOf((await stores.checkpoints.get('verifier')) ?? '');
    const seal = verifier && createCurrentSeal({ checkpoints: stores.checkpoints, verifier, counts: countsEvents(stores.store) });
    return await work({ ...readingPorts(settings, stores), ...(seal && { seal }) }, stores);
  } finally {
    await stores.close();
  }
};
