import type { Row, Selection } from '@tichet-albastru/event-log/ports/read-models';
import { answered } from '@tichet-albastru/kernel/turns';
import { MemoryReadModels, pageOf } from '@tichet-albastru/event-log/read-models/memory-read-models';

/** One table whose rows stand there already, as text and as they are, and which selections may compare these columns of. */
export class KnownRows extends MemoryReadModels {
  /** how often pages of it were asked for */
  asked = 0;

  constructor(
    private readonly stored: readonly { readonly key: string; readonly text: string; readonly row: Row }[],
    private readonly columns: readonly string[],
  ) {
    super();
  }

  // the signature of the port
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  override select = <R extends Row>(_: string, selection: Selection = {}) => {
    this.asked += 1;
    return answered(() => {
      const { rows, ...next } = pageOf('audit', this.columns, this.stored, selection);
      return { rows: rows.map(({ text }) => JSON.parse(text) as R), ...next };
    });
  };
}
