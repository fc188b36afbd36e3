import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import type { TicketSealTold } from './seal-told';
import { momentIn } from './ticket-asked';
import type { TicketShown } from './ticket-shown';
import { sentences } from '../../phrasing/sentences';

type Sealed = Extract<TicketSealTold, { readonly kind: 'sealed' }>;

const digitsInShort = 16;

const NotYet = ({ sealed, notYet, locale }: Pick<Sealed, 'sealed' | 'notYet'> & { readonly locale: Locale }): VNode | null => {
  if (notYet === 0) return null;
  const { notYet: many, notYetOne: one } = sentences[locale].audit.seal;
  const [first, last] = [sealed + 1, sealed + notYet];
  return <p>{first === last ? `${one[0]}${first}${one[1]}` : `${many[0]}${first}${many[1]}${last}${many[2]}`}</p>;
};

const SealedShown = ({ told, locale }: { readonly told: Sealed; readonly locale: Locale }): VNode => {
  const words = sentences[locale].audit.seal;
  const { size, root, sealed, notYet } = told;
  return (
    <>
      <p>
        <strong>{words.sealed}</strong> {(notYet === 0 ? words.allOf : words.firstOf)({ count: sealed })} {words.inLog({ count: size })}
      </p>
      <NotYet sealed={sealed} notYet={notYet} locale={locale} />
      <details>
        <summary>
          {words.root}: <code>{root.slice(0, digitsInShort)}…</code>
        </summary>
        <p>
          {words.whole}: <code>{root}</code>
        </p>
      </details>
    </>
  );
};

const Said = ({ told, ticketId, locale }: { readonly told: TicketSealTold; readonly ticketId: string; readonly locale: Locale }): VNode => {
  const words = sentences[locale].audit.seal;
  if (told.kind === 'sealed') return <SealedShown told={told} locale={locale} />;
  if (told.kind === 'not-sealed') return <p>{words.notSealed}</p>;
  if (told.kind === 'not-yet') return <p>{words.nothingYet}</p>;
  return (
    <div class="notice notice-bad">
      <p>
        <strong>
          {told.kind === 'differs' ? (
            <>
              {words.differs[0]}
              <a href={`/audit/${ticketId}/eveniment/${told.number}`}>{told.number}</a>
              {words.differs[1]}
            </>
          ) : (
            words.broken
          )}
        </strong>
      </p>
      <p>{words.whatToDo}</p>
    </div>
  );
};

/** What of this ticket is sealed, the proof to take along, and what it proves. */
export const SealCard = ({
  shown: { seal: told, ticketId, asked },
  locale,
}: {
  readonly shown: Pick<TicketShown, 'seal' | 'ticketId' | 'asked'>;
  readonly locale: Locale;
}): VNode => {
  const words = sentences[locale].audit.seal;
  return (
    <section class="card" aria-labelledby="sigiliu">
      <h2 id="sigiliu">{words.title}</h2>
      <Said told={told} ticketId={ticketId} locale={locale} />
      <p class="actions">
        {told.kind === 'sealed' ? (
          <a class="button" href={`/audit/${ticketId}/dovada`} download>
            {words.proof}
          </a>
        ) : null}
        <a class="button second" href={`/audit/${ticketId}/dosar.pdf${momentIn(asked)}`} download>
          {words.paper}
        </a>
      </p>
      {told.kind === 'sealed' ? (
        <p>
          {words.proves} {words.provesNot}
        </p>
      ) : null}
      <p>
        <a href="/audit/sigiliu">{words.about}</a>
      </p>
    </section>
  );
};
