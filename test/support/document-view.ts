import type { Page } from 'playwright-core';

/** Where a text of the page stands, as the browser lays it out. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Takes away what browsers of some years ago had not. */
export const OLDER = `
  delete CSS.highlights;
  delete Object.getPrototypeOf(CSS).highlights;
  Object.defineProperty(CSS, 'highlights', { configurable: true, value: undefined });
  delete CSS.highlights;
  delete window.Highlight;
  delete Document.prototype.caretPositionFromPoint;`;

/** The box around the words in the text, and those that mark something. */
export const boxOf = (page: Page, words: string): Promise<Box> =>
  page.evaluate<Box>(`{
    const walker = document.createTreeWalker(document.querySelector('[role=document]'), NodeFilter.SHOW_TEXT);
    const words = ${JSON.stringify(words)};
    while (walker.nextNode() && !walker.currentNode.data.includes(words));
    const range = document.createRange();
    const at = walker.currentNode.data.indexOf(words);
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    const { x, y, width, height } = range.getBoundingClientRect();
    ({ x, y, width, height });
  }`);
