import type { VNode } from 'preact';
import { EventLogCorrupt, type Recorded } from '../../../application/kernel/ports/event-store';
import { referenceOf } from '../../../domain/ticket/ticket';
import { previousHashOf } from '../../log/codec/event-codec.codec';
import { hashEvent } from '../../log/codec/event-hash';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import { SummaryList } from '../parts/summary-list';
import { VerdictTag } from './verdict-tag';
import { sentences } from '../../phrasing/sentences';

/** `hasNext`: another event follows it in the stream */
export type KeptEvent = { readonly ticketId: string; readonly recorded: Recorded; readonly hasNext: boolean };

/** To be read; a body that is no JSON any more is shown as it is. */
const readable = (body: string): string => {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
};

const previousHash = (recorded: Recorded): string => {
  try {
    return previousHashOf(recorded);
  } catch (error) {
    if (error instanceof EventLogCorrupt) return '–';
    throw error;
  }
};

/** One event of a ticket as the log keeps it, with its hash computed again. */
export const EventPage = ({ context, kept }: { readonly context: PageContext; readonly kept: KeptEvent }): VNode => {
  const { locale } = context;
  const words = sentences[locale].audit.event;
  const { ticketId, recorded, hasNext } = kept;
  const { type, id, stream, revision, position, hash, body } = recorded;
  const title = `${words.title[0]}${revision + 1}${words.title[1]}${referenceOf(ticketId)}`;
  const fits = hashEvent(recorded) === hash;
  const row = (name: keyof typeof words.rows, value: string) => ({ label: words.rows[name], value: <code>{value}</code> });
  return (
    <Document context={context} title={title} side="office">
      <Heading back={{ href: `/audit/${ticketId}?eveniment=${id}#pas`, text: words.back }} lead={words.lead}>
        {title}
      </Heading>
      <p class="actions">
        {revision === 0 ? null : (
          <a class="button second" rel="prev" href={`/audit/${ticketId}/eveniment/${revision}`}>
            {words.previous}
          </a>
        )}
        {hasNext ? (
          <a class="button second" rel="next" href={`/audit/${ticketId}/eveniment/${revision + 2}`}>
            {words.next}
          </a>
        ) : null}
      </p>
      <h2>{words.place}</h2>
      <SummaryList
        rows={[
          row('type', type),
          row('id', id),
          row('stream', stream),
          row('revision', String(revision)),
          row('position', position),
          row('hash', hash),
          row('previousHash', previousHash(recorded)),
          {
            label: words.rows.seal,
            value: <VerdictTag verdict={fits ? 'pass' : 'fail'} locale={locale} text={fits ? words.fits : words.differs} />,
          },
        ]}
      />
      <h2>{words.body}</h2>
      <p class="hint">{words.bodyHint}</p>
      <pre class="kept">
        <code>{readable(body)}</code>
      </pre>
    </Document>
  );
};
