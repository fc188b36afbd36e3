/**
 * The test kit for embedding teams: the procedure in memory, time and ids under a test's control, and the promises that an
 * adapter of your own must keep. It needs no test runner: each check of a contract throws when its promise is broken.
 */
export { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
export { createMemoryOperations } from '../tables/operations/memory-operations';
export { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
export { createPersonalData } from '../log/keys/personal-data';
export { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
export { createEventCodec } from '../log/codec/event-codec.codec';
export { ensure, ensureEqual, PromiseBroken, type ContractCheck } from '@tichet-albastru/event-log/testing/check';
export { countableIdentifiers } from '@tichet-albastru/event-log/testing/countable-identifiers';
export { eventStoreContract, type EventStoreSubject } from '@tichet-albastru/event-log/testing/event-store-contract';
export { fixedClock, type FixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
export { fakeOpen, fakeEncrypt, given, type Given } from './given-when-then';
export { operationsContract, type OperationsSubject } from './operations-contract';
export { readModelsContract, type ReadModelsUnderTest } from '@tichet-albastru/event-log/testing/read-models-contract';
export {
  collectingMailer,
  countingRegister,
  createTestPorts,
  listingRegister,
  manualMeetings,
  silentLogger,
  type CollectingMailer,
  type ListingRegister,
  type TestPorts,
} from './test-ports';
