import type { ChangeReason } from '../../../domain/ticket/facts';
import type { Words } from '../../phrasing/words/both';

/** How an attempt to tell the citizen went: channel and outcome in one. */
export const noticeWays = [
  'phone:reached',
  'phone:voicemail',
  'phone:no-answer',
  'phone:declined-new-slot',
  'email:accepted',
  'email:bounced',
  'email:declined-new-slot',
] as const;
export type NoticeWay = (typeof noticeWays)[number];
export const changeReasons = ['illness', 'leave', 'bridge-day', 'technical', 'citizen-request', 'other'] as const;

type FieldWords = {
  readonly summary: string;
  readonly joinUrl: string;
  readonly joinUrlHint: string;
  readonly joinUrlFault: string;
  readonly meetingId: string;
  readonly optional: string;
  readonly instructions: string;
  readonly noInstructions: string;
  readonly date: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly romanianTime: string;
  readonly notATime: string;
  readonly recordingId: string;
  readonly recordingIdFault: string;
  readonly url: string;
  readonly duration: string;
  readonly durationHint: string;
  readonly durationFault: string;
  readonly whyMissing: string;
  readonly whyWaived: string;
  readonly whyFault: string;
  readonly offered: string;
  readonly offeredLegend: string;
  readonly offeredFault: string;
  readonly conclusions: string;
  readonly conclusionsFault: string;
  readonly goesTo: string;
  readonly goesWhenHeld: string;
  readonly goesByHand: string;
  readonly documentNumber: string;
  readonly documentHint: string;
  readonly documentFault: string;
  readonly filedHint: string;
  readonly beingFiled: string;
  readonly channel: string;
  readonly channels: Readonly<Record<'post' | 'pickup', string>>;
  readonly channelFault: string;
  readonly at: string;
  readonly proof: string;
  readonly proofHint: string;
  readonly proofFault: string;
  readonly how: string;
  readonly ways: Readonly<Record<NoticeWay, string>>;
  readonly howFault: string;
  readonly reason: string;
  readonly reasons: Readonly<Record<ChangeReason, string>>;
  readonly reasonFault: string;
  readonly reasonText: string;
  readonly reasonTextHint: string;
  readonly reasonTextFault: string;
  readonly waited: string;
  readonly waitedHint: string;
  readonly waitedFault: string;
  readonly staffId: string;
  readonly choose: string;
  readonly staffFault: string;
  readonly nobodyElse: string;
  readonly colleagueBusy: string;
  readonly reassignReason: string;
  readonly days: string;
  readonly noHours: string;
  readonly hoursOn: string;
  readonly hourFault: string;
  readonly taken: string;
  readonly sooner: string;
  readonly later: string;
  readonly agreed: string;
  readonly agreedLegend: string;
  readonly agreedHint: string;
  readonly agreedFault: string;
  readonly tooEarly: string;
  readonly beforeSlot: string;
  readonly earlierDays: string;
  readonly laterDays: string;
};

export const fieldWords: Words<FieldWords> = {
  ro: {
    summary: 'Nu s-a putut nota',
    joinUrl: 'Linkul întâlnirii',
    joinUrlHint: 'Începe cu https://',
    joinUrlFault: 'Lipiți linkul întâlnirii: o adresă care începe cu https://',
    meetingId: 'Numărul întâlnirii pe Webex',
    optional: '(opțional)',
    instructions: 'Instrucțiunile Serviciului Strategii de informatizare',
    noInstructions:
      'Creați întâlnirea pe Webex după instrucțiunile comunicate prin INFOCET, pentru ziua și ora de mai sus, cu durata de 15 minute.',
    date: 'Data',
    startedAt: 'A început la',
    endedAt: 'S-a încheiat la',
    romanianTime: 'Orele sunt ale României.',
    notATime: 'Scrieți o dată și o oră, de exemplu 10:15.',
    recordingId: 'Numele sau numărul înregistrării',
    recordingIdFault: 'Scrieți cum se numește înregistrarea pe Webex.',
    url: 'Adresa înregistrării',
    duration: 'Cât durează, în minute și secunde',
    durationHint: 'De exemplu 14:30',
    durationFault: 'Scrieți durata, de exemplu 14:30.',
    whyMissing: 'De ce nu există înregistrare',
    whyWaived: 'Ce a spus solicitantul',
    whyFault: 'Scrieți motivul.',
    offered: 'Da, i-am oferit',
    offeredLegend: 'I-ați oferit întâlnirea telefonic sau la sediu?',
    offeredFault: 'Refuzul se notează numai dacă i s-a oferit altă modalitate.',
    conclusions: 'Concluziile întâlnirii',
    conclusionsFault: 'Scrieți concluziile întâlnirii.',
    goesTo: 'Se transmite imediat prin e-mail, la',
    goesWhenHeld: 'Se transmite prin e-mail imediat după încheierea întâlnirii, la',
    goesByHand:
      'Solicitantul nu a dat o adresă de e-mail: rezoluția se trimite prin poștă sau se ridică de la sediu, iar predarea se notează apoi.',
    documentNumber: 'Numărul documentului din INFOCET',
    documentHint: 'Dacă îl lăsați gol, îl dă registrul.',
    documentFault: 'Introduceți numărul documentului.',
    filedHint:
      'Căutați întâi în INFOCET, la cererea inițială: documentul poate fi deja acolo. Dacă nu este, creați-l și scrieți aici numărul lui.',
    beingFiled: 'Documentul se înregistrează chiar acum de la sine. Așteptați câteva secunde și uitați-vă din nou.',
    channel: 'Cum a fost predată',
    channels: { post: 'Prin poștă', pickup: 'Ridicată de la sediu' },
    channelFault: 'Alegeți cum a fost predată.',
    at: 'La ora',
    proof: 'Dovada',
    proofHint: 'Numărul confirmării de primire, sau cine a semnat.',
    proofFault: 'Scrieți dovada predării.',
    how: 'Cum a fost anunțat',
    ways: {
      'phone:reached': 'Telefonic: am vorbit cu solicitantul',
      'phone:voicemail': 'Telefonic: am lăsat mesaj vocal',
      'phone:no-answer': 'Telefonic: nu răspunde',
      'phone:declined-new-slot': 'Telefonic: nu dorește altă oră',
      'email:accepted': 'E-mail: a fost primit',
      'email:bounced': 'E-mail: s-a întors',
      'email:declined-new-slot': 'E-mail: a răspuns că nu dorește altă oră',
    },
    howFault: 'Alegeți cum a fost anunțat.',
    reason: 'Motivul',
    reasons: {
      illness: 'Boală',
      leave: 'Concediu',
      'bridge-day': 'Zi liberă acordată',
      technical: 'Probleme tehnice',
      'citizen-request': 'La cererea solicitantului',
      other: 'Alt motiv',
    },
    reasonFault: 'Alegeți motivul.',
    reasonText: 'Motivul, în cuvinte',
    reasonTextHint: 'Obligatoriu pentru „Alt motiv”.',
    reasonTextFault: 'Scrieți care este motivul.',
    waited: 'Câte minute ați așteptat',
    waitedHint: 'De la ora întâlnirii; cel puțin',
    waitedFault: 'Scrieți câte minute ați așteptat, cu cifre.',
    staffId: 'Cine ține întâlnirea',
    choose: 'Alegeți',
    staffFault: 'Alegeți cine ține întâlnirea.',
    nobodyElse: 'Nu mai este nimeni în acest serviciu.',
    colleagueBusy: 'La această oră, persoana aleasă are altă întâlnire. Alegeți pe altcineva sau reprogramați.',
    reassignReason: 'De ce se repartizează',
    days: 'Ziua',
    noHours: 'nicio oră',
    hoursOn: 'Ora nouă,',
    hourFault: 'Alegeți o oră.',
    taken: 'Ora {ora} tocmai a fost rezervată de altcineva. Alegeți altă oră.',
    sooner: 'în mai puțin de 48 de ore: numai cu acordul solicitantului',
    later: 'peste 48 de ore',
    agreed: 'Da, solicitantul este de acord cu această oră',
    agreedLegend: 'Acordul solicitantului',
    agreedHint: 'Este necesar dacă ora este în mai puțin de 48 de ore.',
    agreedFault: 'Ora este în mai puțin de 48 de ore. Alegeți alta, sau confirmați că solicitantul este de acord.',
    tooEarly: 'Se poate nota de la ora {ora}.',
    beforeSlot: 'Întâlnirea nu începe înainte de ora ei, {ora}.',
    earlierDays: 'Zilele dinainte',
    laterDays: 'Zilele următoare',
  },
  en: {
    summary: 'It could not be noted',
    joinUrl: 'The link of the meeting',
    joinUrlHint: 'It begins with https://',
    joinUrlFault: 'Paste the link of the meeting: an address that begins with https://',
    meetingId: 'Number of the meeting on Webex',
    optional: '(optional)',
    instructions: 'Instructions of the IT service',
    noInstructions: 'Create the meeting on Webex as the instructions in INFOCET say, for the day and hour above, 15 minutes long.',
    date: 'Date',
    startedAt: 'It began at',
    endedAt: 'It ended at',
    romanianTime: 'All times are Romania’s.',
    notATime: 'Write a date and a time, for example 10:15.',
    recordingId: 'Name or number of the recording',
    recordingIdFault: 'Write what the recording is called on Webex.',
    url: 'Address of the recording',
    duration: 'How long it is, in minutes and seconds',
    durationHint: 'For example 14:30',
    durationFault: 'Write how long it is, for example 14:30.',
    whyMissing: 'Why there is no recording',
    whyWaived: 'What the applicant said',
    whyFault: 'Write the reason.',
    offered: 'Yes, I offered it',
    offeredLegend: 'Did you offer a meeting by phone or in person?',
    offeredFault: 'The refusal is noted only if another mode was offered.',
    conclusions: 'Conclusions of the meeting',
    conclusionsFault: 'Write the conclusions of the meeting.',
    goesTo: 'It is e-mailed at once to',
    goesWhenHeld: 'It is e-mailed right after the meeting ends to',
    goesByHand: 'The applicant gave no e-mail address: the resolution goes by post or is picked up, and that is noted then.',
    documentNumber: 'Number of the document in INFOCET',
    documentHint: 'Left empty, the register gives it.',
    documentFault: 'Enter the number of the document.',
    filedHint:
      'Look in INFOCET first, at the original request: the document may be there already. If it is not, create it and write its number here.',
    beingFiled: 'The document is being filed by itself just now. Wait a few seconds and look again.',
    channel: 'How it was handed over',
    channels: { post: 'By post', pickup: 'Picked up at City Hall' },
    channelFault: 'Choose how it was handed over.',
    at: 'At',
    proof: 'Proof',
    proofHint: 'The number of the receipt, or who signed.',
    proofFault: 'Write the proof of the handing over.',
    how: 'How they were told',
    ways: {
      'phone:reached': 'By phone: I spoke with the applicant',
      'phone:voicemail': 'By phone: I left a message',
      'phone:no-answer': 'By phone: no answer',
      'phone:declined-new-slot': 'By phone: they want no other hour',
      'email:accepted': 'E-mail: it was received',
      'email:bounced': 'E-mail: it came back',
      'email:declined-new-slot': 'E-mail: they answered that they want no other hour',
    },
    howFault: 'Choose how they were told.',
    reason: 'Reason',
    reasons: {
      illness: 'Illness',
      leave: 'Leave',
      'bridge-day': 'Bridge day',
      technical: 'Technical problems',
      'citizen-request': 'The applicant asked for it',
      other: 'Another reason',
    },
    reasonFault: 'Choose the reason.',
    reasonText: 'The reason, in words',
    reasonTextHint: 'Required for “Another reason”.',
    reasonTextFault: 'Write what the reason is.',
    waited: 'How many minutes you waited',
    waitedHint: 'From the hour of the meeting; at least',
    waitedFault: 'Write how many minutes you waited, in digits.',
    staffId: 'Who holds the meeting',
    choose: 'Choose',
    staffFault: 'Choose who holds the meeting.',
    nobodyElse: 'There is nobody else in this department.',
    colleagueBusy: 'At this hour the chosen person has another meeting. Choose somebody else, or reschedule.',
    reassignReason: 'Why it is given to another',
    days: 'Day',
    noHours: 'no hour',
    hoursOn: 'New hour,',
    hourFault: 'Choose an hour.',
    taken: '{ora} has just been taken by somebody else. Choose another hour.',
    sooner: 'in less than 48 hours: only if the applicant agrees',
    later: 'in more than 48 hours',
    agreed: 'Yes, the applicant agrees to this hour',
    agreedLegend: 'The applicant’s agreement',
    agreedHint: 'Needed if the hour is less than 48 hours away.',
    agreedFault: 'The hour is less than 48 hours away. Choose another, or confirm that the applicant agrees.',
    tooEarly: 'It can be noted from {ora} on.',
    beforeSlot: 'The meeting does not begin before its hour, {ora}.',
    earlierDays: 'Days before',
    laterDays: 'Days after',
  },
};
