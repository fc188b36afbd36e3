import type { VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { ErrorSummary, type Fault, faultOf, TextField } from '../parts/fields';
import { Heading } from '../parts/heading';
import { sentences } from '../../phrasing/sentences';
import { OnceField } from '../forms/forms-shown';

export type OpenParts = {
  readonly context: PageContext;
  readonly reference: string;
  /** a code was asked for: there is a field for it */
  readonly asked: boolean;
  readonly digits: number;
  readonly typed: string;
  readonly faults: readonly Fault[];
};

const SendCode = ({ context: { locale }, reference, asked, faults }: OpenParts): VNode => {
  const fault = faultOf(faults, 'trimite');
  return (
    <form method="post" action={`/tichet/${reference}/deschide/cod`}>
      <OnceField />
      {fault === undefined ? null : <p class="fault">{fault}</p>}
      <button id="trimite" class={asked ? 'second' : undefined}>
        {asked ? sentences[locale].booking.code.newCode : sentences[locale].ticket.open.send}
      </button>
    </form>
  );
};

const EnterCode = ({ context: { locale }, reference, digits, typed, faults }: OpenParts): VNode => {
  const words = sentences[locale].ticket.open;
  return (
    <>
      <p class="notice" role="status">
        {words.sent} {words.sentHint}
      </p>
      <form method="post" action={`/tichet/${reference}/deschide`} novalidate>
        <OnceField />
        <TextField
          name="code"
          label={sentences[locale].booking.code.code({ digits })}
          hint={sentences[locale].booking.code.codeHint}
          value={typed}
          width="short"
          inputmode="numeric"
          autocomplete="one-time-code"
          spellcheck={false}
          fault={faultOf(faults, 'code')}
        />
        <p class="actions">
          <button>{words.open}</button>
        </p>
      </form>
    </>
  );
};

/** The page of a ticket for a browser that may not see it yet. What it says is the same for every number. */
export const OpenPage = (parts: OpenParts): VNode => {
  const { context, reference, asked, faults } = parts;
  const words = sentences[context.locale].ticket.open;
  return (
    <Document context={context} title={words.title({ reference })} side="public" faulty={faults.length > 0}>
      <a class="back" href="/tichet">
        {words.otherTicket}
      </a>
      <ErrorSummary title={words.summary} faults={faults} />
      <Heading lead={words.lead}>{words.title({ reference })}</Heading>
      {asked ? <EnterCode {...parts} /> : null}
      {asked ? (
        <details open={faultOf(faults, 'trimite') !== undefined}>
          <summary>{words.again}</summary>
          <SendCode {...parts} />
        </details>
      ) : (
        <SendCode {...parts} />
      )}
      <h2>{words.withoutEmail}</h2>
      <p>{words.withoutEmailText}</p>
    </Document>
  );
};
