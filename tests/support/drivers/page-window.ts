// A window with a document, for what makes elements. Import it before anything that needs them: it puts them into the global scope.
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<!doctype html><div id="root"></div>', { url: 'https://page.example/' });
const { document, NodeFilter, Node, HTMLElement, HTMLAnchorElement, Element, Event } = window;
Object.assign(globalThis, { window, document, NodeFilter, Node, HTMLElement, HTMLAnchorElement, Element, Event });
