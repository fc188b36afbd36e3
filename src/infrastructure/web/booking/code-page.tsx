import type { VNode } from 'preact';
import type { AwaitedCode } from '../../../application/booking/ticket-view';
import type { PageContext } from '../page/page-context';
import { DoneNotice } from '../parts/done-notice';
import { type Fault, faultOf, TextField } from '../parts/fields';
import { dayAndMonth, hour, hourWithSeconds } from '../../phrasing/words/dates';
import { BookingPage } from './booking-page';
import type { Draft } from './draft';
import { pathOf } from './steps';
import { sentences } from '../../phrasing/sentences';
import { OnceField } from '../forms/forms-shown';

type CodeParts = {
  readonly context: PageContext;
  readonly awaited: AwaitedCode;
  readonly digits: number;
  readonly typed: string;
  readonly faults: readonly Fault[];
  /** another code was just sent */
  readonly another: boolean;
  readonly draft: Draft;
};

const NotArrived = ({ context, awaited: { newCodeFrom, usableUntil }, faults }: CodeParts): VNode => {
  const words = sentences[context.locale].booking.code;
  const fault = faultOf(faults, 'nou');
  const mayAsk = newCodeFrom !== undefined;
  return (
    <details open={fault !== undefined || usableUntil === undefined}>
      <summary>{words.notArrived}</summary>
      <p>{words.look}</p>
      <form method="post" action={`${pathOf('cod')}/nou`}>
        <OnceField />
        {fault === undefined ? null : <p class="fault">{fault}</p>}
        <p class="hint">{mayAsk ? words.newCodeFrom({ time: hourWithSeconds(newCodeFrom) }) : words.noMoreCodes}</p>
        {mayAsk ? (
          <button id="nou" class="second">
            {words.newCode}
          </button>
        ) : null}
      </form>
      <form method="post" action={`${pathOf('cod')}/adresa`}>
        <OnceField />
        <h2>{words.wrongAddress}</h2>
        <p class="hint">{words.changeHint}</p>
        <button class="second">{words.changeAddress}</button>
      </form>
    </details>
  );
};

/** After the steps (Art. 3 e): one field for the code. Until when the hour is kept is said as a time of day; nothing ticks. */
export const CodePage = (parts: CodeParts): VNode => {
  const { context, awaited, digits, typed, faults, another, draft } = parts;
  const { locale } = context;
  const words = sentences[locale].booking.code;
  const { slot, heldUntil, usableUntil, letter } = awaited;
  const { before, behind } = words.letter[letter];
  const lead = (
    <>
      {before} <b class="address">{draft.email}</b>
      {behind}
    </>
  );
  return (
    <BookingPage context={context} step="verificare" back={null} title={words.title} lead={lead} faults={faults} draft={draft}>
      {another && faults.length === 0 && (letter === 'left' || letter === 'under-way') ? <DoneNotice text={words.newSent} /> : null}
      <p class="notice">
        {words.kept} <b>{`${dayAndMonth(slot.startsAt, locale)}, ${hour(slot.startsAt)}`}</b>
        {usableUntil === undefined ? (
          <>
            {' '}
            {words.until} <b>{hour(heldUntil)}</b>.
          </>
        ) : (
          <>
            . {words.valid} <b>{hour(usableUntil)}</b>; {words.keptUntil} <b>{hour(heldUntil)}</b>.
          </>
        )}
      </p>
      {usableUntil === undefined && faults.length === 0 ? <p class="notice notice-warn">{words.unusable}</p> : null}
      <form method="post" action={pathOf('cod')} novalidate>
        <OnceField />
        <TextField
          name="code"
          label={words.code({ digits })}
          hint={words.codeHint}
          value={typed}
          width="short"
          inputmode="numeric"
          autocomplete="one-time-code"
          spellcheck={false}
          fault={faultOf(faults, 'code')}
        />
        <p class="actions">
          <button>{words.confirm}</button>
        </p>
      </form>
      <NotArrived {...parts} />
    </BookingPage>
  );
};
