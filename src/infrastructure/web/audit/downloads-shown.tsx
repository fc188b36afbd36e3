import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import { momentIn } from './ticket-asked';
import type { TicketShown } from './ticket-shown';
import { sentences } from '../../phrasing/sentences';

const files = [
  ['history', ['istoric.json', 'istoric.csv']],
  ['audit', ['dosar.json', 'dosar.csv']],
  ['events', ['evenimente.ndjson']],
] as const;

/** The proof to take along, as it stands at the moment that is looked at; the events always whole. */
export const Downloads = ({
  shown: { ticketId, asked, verdicts },
  locale,
}: {
  readonly shown: Pick<TicketShown, 'ticketId' | 'asked' | 'verdicts'>;
  readonly locale: Locale;
}): VNode => {
  const words = sentences[locale].audit.ticket;
  const moment = momentIn(asked);
  return (
    <section class="card" aria-labelledby="descarcari">
      <h2 id="descarcari">{words.downloads}</h2>
      <ul>
        {files.map(([name, offered]) =>
          name === 'audit' && verdicts.kind !== 'judged' ? null : (
            <li>
              {words.files[name]}:{' '}
              {offered.map((file, index) => (
                <>
                  {index === 0 ? null : ' · '}
                  <a href={`/audit/${ticketId}/${file}${name === 'events' ? '' : moment}`} download>
                    {file.split('.')[1]?.toUpperCase()}
                    <span class="unseen"> {words.files[name]}</span>
                  </a>
                </>
              ))}
            </li>
          ),
        )}
      </ul>
      <p class="hint">{words.sealedStay}</p>
    </section>
  );
};
