import type { VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import { sentences } from '../../phrasing/sentences';

const beginAt = (to: string, more = ''): string => `/intra/furnizor?spre=${encodeURIComponent(to)}${more}`;

/** One link, and no form: what is typed is typed at the provider. */
export const ProviderLink = ({ context: { locale }, to }: { readonly context: PageContext; readonly to: string }): VNode => {
  const words = sentences[locale].signIn.provider;
  return (
    <>
      <p class="actions">
        <a class="button" href={beginAt(to)}>
          {words.enter}
        </a>
      </p>
      <p>
        <a href={beginAt(to, '&cont=altul')}>{words.otherAccount}</a>
      </p>
    </>
  );
};

export const NotSignedInPage = ({ context, to }: { readonly context: PageContext; readonly to: string }): VNode => {
  const words = sentences[context.locale].signIn.provider;
  return (
    <Document context={context} title={words.notSignedIn} side="public">
      <Heading lead={words.tryAgain}>{words.notSignedIn}</Heading>
      <ProviderLink context={context} to={to} />
    </Document>
  );
};

/** @param end where one leaves the provider as well; `undefined` where that is not known now */
export const SignedOutPage = ({ context, end }: { readonly context: PageContext; readonly end: string | undefined }): VNode => {
  const words = sentences[context.locale].signIn.provider;
  return (
    <Document context={context} title={words.signedOut} side="public">
      <Heading lead={end === undefined ? words.closeBrowser : words.stillThere}>{words.signedOut}</Heading>
      {end === undefined ? null : (
        <p class="actions">
          <a class="button" href={end}>
            {words.leaveProvider}
          </a>
        </p>
      )}
    </Document>
  );
};
