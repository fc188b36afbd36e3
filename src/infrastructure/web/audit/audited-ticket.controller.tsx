import { Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { EventLogCorrupt, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../../../application/kernel/ports/ports';
import { ticketStream } from '../../../domain/ticket/facts';
import { TicketPath } from '../../api/dto/paths';
import { HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { type Chain, chainView, ticketQuery, ticketView } from './ticket-view';
import { TicketPage } from './ticket-page';
import { type Answer, formView, view } from '../page/answer';
import type { VNode } from 'preact';
import { referenceOf } from '../../../domain/ticket/ticket';
import { sentences } from '../../phrasing/sentences';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { useWords } from '../page/page-context';
import { ChainView } from './ticket-parts';
import { previousHashOf } from '@tichet-albastru/event-log/codec/event-codec.codec';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { SummaryList } from '../parts/summary-list';
import { VerdictTag } from './verdict-tag';

/** `hasNext`: another event follows it in the stream */
type StoredEvent = { readonly ticketId: string; readonly recorded: Recorded; readonly hasNext: boolean };

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
const EventPage = ({ kept }: { readonly kept: StoredEvent }): VNode => {
  const words = useWords().audit.event;
  const { ticketId, recorded, hasNext } = kept;
  const { type, id, stream, revision, position, hash, body } = recorded;
  const title = `${words.title[0]}${revision + 1}${words.title[1]}${referenceOf(ticketId)}`;
  const fits = hashEvent(recorded) === hash;
  const row = (name: keyof typeof words.rows, value: string) => ({ label: words.rows[name], value: <code>{value}</code> });
  return (
    <HeadedPage title={title} back={{ href: `/audit/${ticketId}?eveniment=${id}#pas`, text: words.back }} lead={words.lead}>
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
            value: <VerdictTag verdict={fits ? 'pass' : 'fail'} text={fits ? words.fits : words.differs} />,
          },
        ]}
      />
      <h2>{words.body}</h2>
      <p class="hint">{words.bodyHint}</p>
      <pre class="kept">
        <code>{readable(body)}</code>
      </pre>
    </HeadedPage>
  );
};

/** Where an event of a ticket is so broken that its history cannot be told: what is broken, and the bytes as they are. */
const UnreadablePage = ({ ticketId, chain }: { readonly ticketId: string; readonly chain: Chain }): VNode => {
  const words = useWords().audit.ticket;
  const title = `${words.title} ${referenceOf(ticketId)}`;
  return (
    <HeadedPage title={`${title}: ${words.unreadable}`} back={{ href: '/audit', text: words.back }} lead={words.unreadableLead}>
      <ChainView chain={chain} ticketId={ticketId} />
      <p class="actions">
        <a class="button" href={`/audit/${ticketId}/evenimente.ndjson`} download>
          {words.files.events} (NDJSON)
        </a>
      </p>
    </HeadedPage>
  );
};

const broken = 500;

/** One ticket at any step and moment of its past, and its events as they are kept. */
@Pages('audit/:id')
export class AuditedTicketController {
  constructor(@Inject(portsToken) private readonly ports: Ports) {}

  @Get()
  @ForOfficials('audit.tickets', 'audited')
  async ticket(@Req() request: FastifyRequest, @Param() { id }: TicketPath, @Query() query: unknown): Promise<Answer> {
    try {
      const shown = await ticketView(this.ports, id, ticketQuery(query));
      if (shown === undefined) throw new HttpProblem({ code: 'not-found' });
      const message = sentences[localeOfPage(request)].audit.ticket.momentFault;
      return formView(<TicketPage shown={shown} />, shown.asked.faulty ? [{ field: 'la', message }] : []);
    } catch (error) {
      if (!(error instanceof EventLogCorrupt)) throw error;
      const chain = await chainView(this.ports, id);
      return view(<UnreadablePage ticketId={id} chain={chain} />, broken);
    }
  }

  @Get('eveniment/:number')
  @ForOfficials('audit.tickets', 'audited')
  async event(@Req() request: FastifyRequest, @Param('id') id: string, @Param('number') number: string): Promise<Answer> {
    const kept = /^[1-9]\d{0,8}$/.test(number) ? await this.#kept(id, Number(number) - 1) : undefined;
    if (kept === undefined) throw new HttpProblem({ code: 'not-found' });
    return view(<EventPage kept={kept} />);
  }

  async #kept(ticketId: string, revision: number): Promise<StoredEvent | undefined> {
    let found: Recorded | undefined;
    for await (const recorded of this.ports.store.read(ticketStream(ticketId), revision)) {
      if (found !== undefined) return { ticketId, recorded: found, hasNext: true };
      if (recorded.revision !== revision) return undefined;
      found = recorded;
    }
    return found && { ticketId, recorded: found, hasNext: false };
  }
}
