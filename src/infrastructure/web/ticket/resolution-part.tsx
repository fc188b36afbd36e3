import { plusSeconds } from '../../../domain/time/civil-time';
import { dateAndHour, longDate } from '../../phrasing/words/dates';
import { ahead, type Part } from './ticket-parts';
import { sentences } from '../../phrasing/sentences';

/** Art. 7. */
export const Resolution: Part = ({ context: { locale, at }, ticket: { resolution, status, hasEmail } }) => {
  const words = sentences[locale].ticket.card;
  if (resolution.kind === 'none') {
    if (!ahead.includes(status)) return null;
    return (
      <section aria-labelledby="rezolutia">
        <h2 id="rezolutia">{words.resolution}</h2>
        <p>{words.resolutionLater[hasEmail ? 'email' : 'paper']}</p>
      </section>
    );
  }
  if (resolution.kind === 'awaited') {
    const { dueAt } = resolution;
    // due by 24:00: the day before that midnight is the last one
    const lastDay = longDate(plusSeconds(dueAt, -1), locale);
    return (
      <section aria-labelledby="rezolutia">
        <h2 id="rezolutia">{words.resolution}</h2>
        <p>{at < dueAt ? words.stages.awaited({ lastDay }) : words.stages.overdue({ lastDay })}</p>
      </section>
    );
  }
  const { kind, documentNumber: number } = resolution;
  return (
    <section aria-labelledby="rezolutia">
      <h2 id="rezolutia">{words.resolution}</h2>
      <p>
        {words.stages[kind]({ date: dateAndHour(resolution.at, locale) })} {number === undefined ? '' : words.document({ number })}
      </p>
    </section>
  );
};
