import type { VNode } from 'preact';
import { referenceOf } from '../../../domain/ticket/ticket';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import { ChainShown } from './chain-shown';
import type { Chain } from './ticket-shown';
import { sentences } from '../../phrasing/sentences';

/** Where an event of a ticket is so broken that its history cannot be told: what is broken, and the bytes as they are. */
export const UnreadablePage = ({
  context,
  ticketId,
  chain,
}: {
  readonly context: PageContext;
  readonly ticketId: string;
  readonly chain: Chain;
}): VNode => {
  const words = sentences[context.locale].audit.ticket;
  const title = `${words.title} ${referenceOf(ticketId)}`;
  return (
    <Document context={context} title={`${title}: ${words.unreadable}`} side="office">
      <Heading back={{ href: '/audit', text: words.back }} lead={words.unreadableLead}>
        {title}: {words.unreadable}
      </Heading>
      <ChainShown chain={chain} ticketId={ticketId} locale={context.locale} />
      <p class="actions">
        <a class="button" href={`/audit/${ticketId}/evenimente.ndjson`} download>
          {words.files.events} (NDJSON)
        </a>
      </p>
    </Document>
  );
};
