import type { Page } from 'playwright-core';
import type { Role } from '../../../../src/application/kernel/access';
import type { Demonstration } from '../browser/support/demonstration';

/** Whose eyes a page is seen with: a citizen without an account, or somebody of the demonstration's city hall. */
export type Viewer = 'citizen' | { readonly role: Role; readonly staffId?: string };

/**
 * One state of one page that a person may meet. Pictures, accessibility, weight and width are looked at in each of them, so a page
 * without a state here is a page that nobody has looked at.
 */
export type PageState = {
  /** kebab-case and unique; its picture has this name */
  readonly name: string;
  readonly as: Viewer;
  /** From a browser that has just signed in (or, a citizen's, has seen nothing yet) to the page in this state. */
  readonly reach: (page: Page, demonstration: Demonstration) => Promise<unknown>;
  /** worth a place in the documents */
  readonly picture?: boolean;
};

export type Step = PageState['reach'];

/** One step after the other. */
export const inTurn =
  (...steps: readonly Step[]): Step =>
  async (page, demonstration) => {
    for (const step of steps) await step(page, demonstration);
  };
export const goTo =
  (path: string): Step =>
  (page) =>
    page.goto(path);
export const click =
  (selector: string): Step =>
  (page) =>
    page.locator(selector).click();
export const fill =
  (selector: string, text: string): Step =>
  (page) =>
    page.locator(selector).fill(text);
/** Until the browser is there. */
export const arrive =
  (address: string): Step =>
  (page) =>
    page.waitForURL(address);
/** Until there is such a thing on the page. */
export const see =
  (selector: string): Step =>
  (page) =>
    page.locator(selector).waitFor();
/** The state to which these steps lead. */
export const stateOf = (name: string, as: Viewer, ...steps: readonly Step[]): PageState => ({ name, as, reach: inTurn(...steps) });
/** One that is worth a place in the documents. */
export const pictured = (state: PageState): PageState => ({ ...state, picture: true });

/** Takes a role as the first page of the demonstration lets people do. */
export const enterAs = async (page: Page, viewer: Viewer): Promise<void> => {
  if (viewer === 'citizen') return;
  await page.goto('/');
  const { role, staffId } = viewer;
  const inputs = staffId === undefined ? `input[name=role][value=${role}]` : `input[name=staffId][value=${staffId}]`;
  await page.locator(`form:has(${inputs}) button`).first().click();
};
