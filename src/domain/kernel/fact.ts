export type { Actor, CivilDate, Fact, Instant, RecordedFact } from '@tichet-albastru/kernel/fact';

export type ActorKind = 'citizen' | 'staff' | 'system' | 'auditor';
