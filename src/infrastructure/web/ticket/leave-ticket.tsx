import type { VNode } from 'preact';
import type { CitizenTicket } from '../../../application/booking/citizen-ticket';
import type { PageContext } from '../page/page-context';
import type { Words } from '../../phrasing/words/both';

const leaveWords: Words<{ readonly leave: string; readonly withEmail: string; readonly withoutEmail: string }> = {
  ro: {
    leave: 'Închideți tichetul pe acest calculator',
    withEmail: 'Dacă folosiți calculatorul împreună cu alții. Îl deschideți din nou cu un cod primit pe e-mail.',
    withoutEmail: 'Dacă folosiți calculatorul împreună cu alții. Fără adresă de e-mail nu îl mai puteți deschide online.',
  },
  en: {
    leave: 'Close the ticket on this computer',
    withEmail: 'If others use this computer too. You open it again with a code sent by e-mail.',
    withoutEmail: 'If others use this computer too. Without an e-mail address it cannot be opened online again.',
  },
};

/** Whoever comes to a shared computer next finds nothing of this ticket there. */
export const LeaveTicket = ({
  context: { locale },
  ticket: { hasEmail },
}: {
  readonly context: PageContext;
  readonly ticket: CitizenTicket;
}): VNode => {
  const { leave, withEmail, withoutEmail } = leaveWords[locale];
  return (
    <form method="post" action="/intra/iesire">
      <p class="hint">{hasEmail ? withEmail : withoutEmail}</p>
      <button class="second">{leave}</button>
    </form>
  );
};
