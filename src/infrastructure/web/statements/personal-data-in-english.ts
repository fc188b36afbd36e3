import { counted } from '../../phrasing/words/counted';
import { plainDate } from '../../phrasing/words/dates';
import { type Operator, type Statement, statementDate } from './statement';

const why = 'Why';
const ground = 'Ground';
const seenBy = 'Who sees them';
const kept = 'How long';
const publicTask = 'task in the public interest, GDPR Art. 6 (1) e)';
const untilErased = 'until they are erased, at your request or at the end of the retention period that City Hall has set';

/** GDPR Art. 13 and 14, true to what this software does. */
export const personalDataInEnglish = ({ address, policies }: Operator): Statement => ({
  title: 'Personal data',
  lead: 'Which data a blue ticket asks for, why, who sees them, how long they are kept and how to ask for their erasure.',
  sections: [
    {
      id: 'operator',
      title: 'Who answers for them',
      texts: [
        `The controller is the municipality of Cluj-Napoca. Address: ${address}. The data protection officer is written to at the same address.`,
      ],
    },
    {
      id: 'date',
      title: 'Which data, why and how long',
      rows: [
        {
          title: 'Number of the request, name and filing date',
          texts: [
            [
              why,
              'to find the request, and so that nobody else can (Art. 3 b); the name is compared with the one in City Hall’s register, from which we have it',
            ],
            [ground, publicTask],
            [seenBy, 'the civil servant who has the request and their head; the registry and the administrators, who enter them'],
            [kept, `the name: ${untilErased}; number and date stay, without the name`],
          ],
        },
        {
          title: 'E-mail address, phone number and the note that you write',
          texts: [
            [
              why,
              'the validation code, the link of the meeting, word of a change and the resolution (Art. 3 e, 5, 7, 8); by phone and in person the e-mail address is optional, and the note always is',
            ],
            [ground, publicTask],
            [seenBy, 'the civil servant who has the request and their head; City Hall’s mail server, through which letters pass'],
            [kept, untilErased],
          ],
        },
        {
          title: 'The meeting: hour, mode, whether it was held, its moves and their reasons',
          texts: [
            [why, 'so that the meeting takes place, and it can be checked whether the procedure was kept'],
            [ground, publicTask],
            [
              seenBy,
              'the civil servant and their head; the auditor sees the steps, without your name and addresses; management sees figures only',
            ],
            [kept, 'the steps stay in the history, without the contact data once erased'],
          ],
        },
        {
          title: 'The recording of a meeting online',
          texts: [
            [
              why,
              'Art. 5 of the procedure asks for it; you are told before you choose the online meeting, and may choose phone or City Hall, which are not recorded',
            ],
            [ground, `${publicTask}; accepting the notice proves that you were told`],
            [
              seenBy,
              'those with access to City Hall’s Webex; this service holds only its number, length and, where given, its address, sealed',
            ],
            [kept, 'on Webex, to the end of City Hall’s retention period; this software cannot delete it there'],
          ],
        },
        {
          title: 'The resolution: the conclusions of the meeting',
          texts: [
            [why, 'Art. 7 of the procedure: it is written, connected to the request and sent to you'],
            [ground, `${publicTask}; archiving in the public interest, GDPR Art. 17 (3)`],
            [seenBy, 'the civil servant and their head; you, by e-mail, post or at the counter; City Hall’s document system'],
            [kept, 'it is an archive document and is not erased with the contact data'],
          ],
        },
        {
          title: 'The network address that you come from',
          texts: [
            [
              why,
              `so that nobody guesses requests or sends codes without number: only searches without a result (${counted(policies['lookup-throttle'].value.minutes, { one: '# minute', other: '# minutes' }, 'en')}) and letters with a code are counted`,
            ],
            [ground, publicTask],
            [seenBy, 'nobody: only a fingerprint made with a secret key is kept'],
            [kept, 'the fingerprint counts only as long as the counting lasts'],
          ],
        },
      ],
    },
    {
      id: 'cookie',
      title: 'Cookies',
      texts: ['Only those that the service needs in order to work. There are no statistics of others, no advertising, no tracking.'],
      list: [
        'tichet (or __Host-tichet): a random number, 12 hours at most; behind it on the server, sealed, are what you have filled in so far and the tickets opened in this browser',
        'limba: the language chosen, one year',
      ],
    },
    {
      id: 'cum',
      title: 'How they are guarded',
      list: [
        'Names, addresses, the note, reasons and conclusions are sealed (AES-256-GCM) before they are written; the keys live apart.',
        'Addresses of pages, technical logs and operating figures hold no personal data. The server in front of the service may keep logs of its own, for which City Hall answers.',
        'Validation codes and the keys to a ticket are not stored; they are computed again when needed.',
        'The history is chained link by link: a hidden change shows.',
        'Whoever holds the computer and the master key can read everything; those are with City Hall’s administrators.',
      ],
    },
    {
      id: 'cui',
      title: 'To whom they are given',
      texts: [
        'Webex (Cisco), for meetings online, under City Hall’s contract; the mail servers through which letters pass; INFOCET, City Hall’s document system. To nobody else, unless the law demands it.',
      ],
    },
    {
      id: 'stergere',
      title: 'Erasure, as it is really done',
      texts: [
        'The software deletes nothing by itself at the end of a period. At your request, once the ticket has ended, an administrator:',
      ],
      list: [
        'destroys the key of the ticket’s contact data: nobody can read name, e-mail address, phone number, note and reasons any more, and [șters] stands in their place',
        'deletes the letters kept here; those that you received stay in your mailbox',
        'on request, destroys the key of the name and subject of the request too, after which it is not found by name any more',
        'tells you what lies elsewhere: the recording on Webex, letters on other servers, documents in INFOCET',
      ],
    },
    {
      id: 'ramane',
      title: 'What stays after an erasure',
      texts: [
        'The steps of the ticket, hours and verdicts, under the numbers of ticket and request; the conclusions of the meeting and the proof of a handing over, as archive documents. Older backups still hold the keys until City Hall deletes them; at every start the software destroys again the keys of those who were erased. Erasing an active ticket is refused: it is first cancelled or concluded.',
      ],
    },
    {
      id: 'drepturi',
      title: 'Your rights',
      texts: [
        `You may ask for access, rectification, erasure and restriction, and may object to the processing (GDPR Art. 15–18 and 21). Write the number of the ticket (TA-…), or of the request with its filing date, and what you ask for, to: ${address}; the answer comes within a month (GDPR Art. 12). Without number, name and date the request cannot be found, and so no appointment made.`,
        'The limits are checked automatically, by the procedure; no profiles are made. If the outcome seems wrong to you, a person can look at it again: the head of the department may even admit a late request.',
      ],
    },
    {
      id: 'plangere',
      title: 'Complaints',
      texts: [
        'You may complain to the National Supervisory Authority for Personal Data Processing, B-dul G-ral Gheorghe Magheru 28–30, sector 1, Bucharest, or to a court.',
        `Text compared with the software on ${plainDate(statementDate, 'en')}.`,
      ],
      links: [{ href: 'https://www.dataprotection.ro', text: 'The supervisory authority' }],
    },
  ],
});
