import type * as log from '@tichet-albastru/event-log/ports/projection';
import type { Row } from '@tichet-albastru/event-log/ports/read-models';
import type { Category, DomainEvent } from '../../../domain/facts';

/** Of the facts of the procedure: all of a category, or these types. */
export type LooksAt = log.LooksAt<Category>;

/** A table made of the facts of the procedure. */
export type Projection<R extends Row = Row> = log.Projection<R, DomainEvent>;
