import type { ComponentChildren, VNode } from 'preact';
import { assetPaths } from '../assets/assets';
import type { PageContext } from './page-context';
import { navigationOf } from './navigation';
import { sentences } from '../../phrasing/sentences';

export type DocumentParts = {
  readonly context: PageContext;
  /** of the page, without the name of the service */
  readonly title: string;
  /** `office`: dark header with what the role may open; `public`: the citizen's */
  readonly side: 'public' | 'office';
  /** the form above has faults: the title says so first */
  readonly faulty?: boolean;
  readonly children: ComponentChildren;
};

const Header = ({ context, side }: Pick<DocumentParts, 'context' | 'side'>): VNode => {
  const words = sentences[context.locale].frame;
  const { official } = context;
  const path = context.url.split('?')[0] ?? '/';
  return (
    <header class={side === 'office' ? 'top top-office' : 'top'}>
      <div class="bar">
        <a class="brand" href="/">
          <img src={assetPaths().logo} width="36" height="24" alt="" />
          <span>Tichet albastru</span>
        </a>
        {side === 'public' ? <span class="city">{words.cityHall}</span> : null}
        {side === 'office' && official ? (
          <nav class="menu" aria-label={words.menu}>
            {navigationOf(official.role).map(({ href, label }) => (
              <a href={href} aria-current={path === href || path.startsWith(`${href}/`) ? 'page' : undefined}>
                {label[context.locale]}
              </a>
            ))}
          </nav>
        ) : null}
        <div class="aside">
          {official && side === 'office' ? (
            <form method="post" action="/intra/iesire" class="who">
              <span>{[official.name ?? words.roles[official.role], official.department].filter(Boolean).join(' · ')}</span>
              <button class="link">{words.signOut}</button>
            </form>
          ) : null}
          <nav class="languages" aria-label={words.language}>
            {(['ro', 'en'] as const).map((locale) =>
              locale === context.locale ? (
                <strong lang={locale}>{sentences[locale].frame.itself}</strong>
              ) : (
                <a href={`/limba/${locale}?spre=${encodeURIComponent(context.url)}`} lang={locale} hreflang={locale}>
                  {sentences[locale].frame.itself}
                </a>
              ),
            )}
          </nav>
        </div>
      </div>
    </header>
  );
};

/** The frame of every page: header, what it is about, footer. */
export const Document = ({ context, title, side, faulty = false, children }: DocumentParts): VNode => {
  const words = sentences[context.locale].frame;
  return (
    <html lang={context.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${faulty ? words.fault : ''}${title} – Tichet albastru`}</title>
        <meta name="description" content={words.description} />
        <link rel="icon" type="image/svg+xml" href={assetPaths().logo} />
        <link rel="stylesheet" href={assetPaths().style} />
        <script src={assetPaths().script} defer></script>
      </head>
      <body>
        <a class="skip" href="#continut">
          {words.skip}
        </a>
        <Header context={context} side={side} />
        <main id="continut" class={side === 'office' ? 'wide' : 'narrow'} tabIndex={-1}>
          {children}
        </main>
        <footer class="foot">
          <p>
            {words.cityHall} · Calea Moților 3 · <a href="/procedura">{words.procedure}</a> ·{' '}
            <a href="/accesibilitate">{words.accessibility}</a> · <a href="/date-personale">{words.personalData}</a>
          </p>
        </footer>
      </body>
    </html>
  );
};
