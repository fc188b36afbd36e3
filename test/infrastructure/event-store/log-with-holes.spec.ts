import type { EventStore, Recorded } from '../../../src/application/ports/event-store';
import { EventStoreDbEventStore } from '../../../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store';
import { createMemoryEventStore } from '../../../src/infrastructure/event-store/memory/memory-event-store';
import { createEventCodec } from '../../../src/infrastructure/serialization/event-codec.codec';
import { newestFault } from '../../../src/infrastructure/serialization/verify-newest';
import { createMetrics } from '../../../src/infrastructure/telemetry/metrics';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { writeAsOthers } from '../../support/eventstoredb/bystanders';
import { Emulator } from '../../support/eventstoredb/emulator';
