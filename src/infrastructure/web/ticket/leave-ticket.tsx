import type { VNode } from 'preact';
import type { CitizenTicket } from '../../../application/booking/citizen-ticket';
import type { PageContext } from '../page/page-context';
import { sentences } from '../../phrasing/sentences';

/** Whoever comes to a shared computer next finds nothing of this ticket there. */
export const LeaveTicket = ({
  context: { locale },
  ticket: { hasEmail },
}: {
  readonly context: PageContext;
  readonly ticket: CitizenTicket;
}): VNode => {
  const { leave, withEmail, withoutEmail } = sentences[locale].ticket.leave;
  return (
    <form method="post" action="/intra/iesire">
      <p class="hint">{hasEmail ? withEmail : withoutEmail}</p>
      <button class="second">{leave}</button>
    </form>
  );
};
