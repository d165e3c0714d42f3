// Stands in the place of webextension-polyfill on the page for guests, which is no extension: whatever asks it for something is a mistake of
// ours, and is to fail in a test and not with a guest.
const refusing: object = new Proxy(
  {},
  {
    get(_target, name) {
      throw new Error(`the page for guests has no extension around it: ${String(name)}`);
    },
  },
);

export default refusing;
