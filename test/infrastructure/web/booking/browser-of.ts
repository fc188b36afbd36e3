import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Service } from '../../../http/support/service';

export type Answer = {
  readonly status: number;
  readonly text: string;
  readonly location: string;
  readonly headers: LightMyRequestResponse['headers'];
};

type Answering = Pick<LightMyRequestResponse, 'statusCode' | 'headers' | 'body' | 'cookies'>;
/** What a browser needs of a service, or of whoever stands before it. */
export type Served = {
  readonly app: { readonly inject: (asked: InjectOptions) => Promise<Answering> };
  readonly ports: { readonly cityHall: Pick<Service['ports']['cityHall'], 'publicUrl'> };
};

/** A browser without its window: it keeps cookies, and sends forms with the hidden fields of the page that it was shown last. */
export class BrowserOf {
  #cookies = new Map<string, string>();
  #page = '';

  constructor(
    private readonly service: Served,
    private readonly address = '127.0.0.1',
  ) {}

  /** The same browser, once the service was started again. */
  at(service: Served): BrowserOf {
    const browser = new BrowserOf(service, this.address);
    browser.#cookies = this.#cookies;
    return browser;
  }

  /** What somebody has who has copied its cookies. */
  copied(): BrowserOf {
    const copy = new BrowserOf(this.service, this.address);
    copy.#cookies = new Map(this.#cookies);
    return copy;
  }

  async get(url: string): Promise<Answer> {
    return this.#taken(await this.service.app.inject({ method: 'GET', url, headers: this.#headers(), remoteAddress: this.address }));
  }

  /** Follows what it is sent to, as a browser does. */
  async visit(url: string): Promise<Answer> {
    let answer = await this.get(url);
    for (let turns = 0; answer.status === 303 && turns < 5; turns += 1) answer = await this.get(answer.location);
    return answer;
  }

  /** Sends the form of the last page that goes to this path; fields as a person filled them in. */
  async send(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const hidden = this.hiddenOf(path);
    return this.post(path, { ...hidden, ...fields });
  }

  async post(path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    const answer = await this.service.app.inject({
      method: 'POST',
      url: path,
      headers: { ...this.#headers(), 'content-type': 'application/x-www-form-urlencoded', origin: this.service.ports.cityHall.publicUrl },
      payload: new URLSearchParams(fields).toString(),
      remoteAddress: this.address,
    });
    return this.#taken(answer);
  }

  /** The hidden fields of the form of the last page that goes to this path. */
  hiddenOf(path: string): Readonly<Record<string, string>> {
    const form = this.#page.split('<form').find((part) => part.includes(`action="${path}"`));
    const inputs = form?.split('</form>')[0]?.match(/<input[^>]*type="hidden"[^>]*>/gu) ?? [];
    return Object.fromEntries(inputs.map((input) => [/name="([^"]*)"/u.exec(input)?.[1] ?? '', /value="([^"]*)"/u.exec(input)?.[1] ?? '']));
  }

  #headers(): Record<string, string> {
    return { accept: 'text/html', cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  #taken(response: Answering): Answer {
    for (const { name, value } of response.cookies) this.#cookies.set(name, value);
    if (String(response.headers['content-type']).startsWith('text/html')) this.#page = response.body;
    return {
      status: response.statusCode,
      text: response.body,
      location: response.headers.location ?? '',
      headers: response.headers,
    };
  }
}
