import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { Letter } from '../../../application/kernel/ports/mailer';
import { paragraph, type LetterBody } from '../../outside/mail/letter-body';
import { renderHtml } from '../../outside/mail/render-html';
import { renderText } from '../../outside/mail/render-text';
import type { SignedCheckpoint } from '../../signed-log/checkpoint';

/** In the place of a ticket's id: the letter is about none. */
export const checkpointLetters = 'checkpoint';

type Told = { readonly checkpoint: SignedCheckpoint; readonly day: CivilDate; readonly verifier: string };

/** In both languages: who keeps it may show it to anybody. Nothing in it is personal. */
const bodyOf = ({ checkpoint: { origin, size, root, note }, day, verifier }: Told): LetterBody => ({
  subject: `Tichetul albastru: sigiliul jurnalului / seal of the log, ${day}`,
  title: 'Sigiliul jurnalului Tichetului albastru / The seal of the blue ticket’s log',
  blocks: [
    paragraph(
      'Păstrați această scrisoare. Ea spune cum era jurnalul serviciului în această zi. Dacă jurnalul este mai târziu scurtat, înlocuit sau adus la o stare mai veche, o scrisoare păstrată la dumneavoastră arată acest lucru, oricine l-ar fi schimbat.',
    ),
    paragraph(
      'Keep this letter. It says what the log of the service was on this day. If the log is later cut short, replaced or put back to an earlier state, a letter that you kept shows it, whoever changed it.',
    ),
    {
      kind: 'details',
      rows: [
        ['Jurnalul / the log', origin],
        ['Ziua / the day', day],
        ['Evenimente / events', String(size)],
        ['Rădăcina / root (SHA-256, RFC 6962)', root.toString('hex')],
        ['Cheia publică / public key', verifier],
      ],
    },
    paragraph('Sigiliul semnat, cuvânt cu cuvânt / The signed seal, word for word:'),
    paragraph(note.trimEnd()),
    {
      kind: 'list',
      title: 'Cum se compară',
      items: [
        'Copiați sigiliul, de la numele jurnalului până la ultima linie care începe cu „—”, într-un fișier text (UTF-8), de exemplu sigiliu.txt.',
        'Cereți celui care administrează serviciul: tichet verify --checkpoint sigiliu.txt. Jurnalul de azi trebuie să înceapă cu cel din scrisoare.',
        'Comparați cheia publică cu cea din prima scrisoare: rămâne mereu aceeași. O altă cheie sau un număr mai mic de evenimente decât în scrisoarea dinainte trebuie lămurite.',
      ],
    },
    {
      kind: 'list',
      title: 'How to compare',
      items: [
        'Copy the seal, from the name of the log to the last line that begins with "—", into a text file (UTF-8), for example seal.txt.',
        'Ask whoever runs the service for: tichet verify --checkpoint seal.txt. Today’s log must begin with the one of the letter.',
        'Compare the public key with that of the first letter: it stays the same for ever. Another key, or fewer events than in the letter before, must be explained.',
      ],
    },
  ],
});

/** The same day and checkpoint give the same letter, to the byte. @param letterId letters, digits and hyphens */
export const checkpointLetter = (
  told: Told,
  { letterId, to, issuedAt }: { readonly letterId: string; readonly to: string; readonly issuedAt: Instant },
): Letter => {
  const body = bodyOf(told);
  return {
    letterId,
    ticketId: checkpointLetters,
    to,
    subject: body.subject,
    text: renderText(body),
    html: renderHtml(body, 'ro'),
    locale: 'ro',
    issuedAt,
  };
};
