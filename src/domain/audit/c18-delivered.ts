import { check, fail, notApplicable, pass, pending } from './check';
import { seen } from './dossier';
import { moment } from './wording';

/** C18, Art. 7 (A21): the letter did not bounce, or another channel took over within two working days. */
export const c18Delivered = check('C18', '7', (dossier) => {
  const sent = seen(dossier, 'ResolutionSent');
  if (sent.length === 0)
    return notApplicable({ ro: 'Rezoluția nu a fost trimisă prin e-mail.', en: 'The resolution was not sent by e-mail.' });
  const bounced = seen(dossier, 'ResolutionBounced');
  const bounce = bounced.find(({ fact }) => sent.some((letter) => letter.fact.data.letterId === fact.data.letterId));
  if (bounce === undefined)
    return pass({ ro: 'Scrisoarea a fost acceptată și nu s-a întors.', en: 'The letter was accepted and did not bounce.' }, sent);
  const { followUpDueAt } = bounce.fact.data;
  const followUp = seen(dossier, 'ResolutionHandedOver')[0];
  const evidence = [...sent, bounce, followUp];
  if (followUp !== undefined) {
    const at = followUp.fact.data.handedOverAt;
    return at <= followUpDueAt
      ? pass(
          {
            ro: 'Scrisoarea s-a întors; rezoluția a fost predată pe altă cale.',
            en: 'The letter bounced; the resolution was handed over by another channel.',
          },
          evidence,
        )
      : fail({ ro: `Predată pe altă cale abia la ${moment(at)}.`, en: `Handed over by another channel only at ${moment(at)}.` }, evidence);
  }
  return dossier.asOf <= followUpDueAt
    ? pending({ ro: 'Scrisoarea s-a întors; trebuie altă cale.', en: 'The letter bounced; another channel is needed.' }, evidence, {
        failsAt: followUpDueAt,
      })
    : fail({ ro: 'Scrisoarea s-a întors și nimeni nu a urmărit-o.', en: 'The letter bounced and nobody followed it up.' }, evidence);
});
