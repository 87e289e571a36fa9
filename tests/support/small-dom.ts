import { vi } from "vitest";

/** As much of a document as React asks of one to put elements in it, for tests that count what is shown anew. */
class SmallNode {
  readonly childNodes: SmallNode[] = [];
  readonly style = { setProperty: () => {}, removeProperty: () => {} };
  readonly attributes = new Map<string, string>();
  readonly namespaceURI = "http://www.w3.org/1999/xhtml";
  readonly dataset = {};
  parentNode: SmallNode | null = null;
  nodeValue = "";
  constructor(
    readonly nodeName: string,
    readonly nodeType: number,
  ) {}
  get tagName() {
    return this.nodeName;
  }
  get ownerDocument() {
    return globalThis.document;
  }
  get firstChild() {
    return this.childNodes[0] ?? null;
  }
  get lastChild() {
    return this.childNodes.at(-1) ?? null;
  }
  get nextSibling() {
    const all = this.parentNode?.childNodes ?? [];
    return all[all.indexOf(this) + 1] ?? null;
  }
  set textContent(text: string) {
    this.childNodes.length = 0;
    if (text) this.appendChild(Object.assign(new SmallNode("#text", 3), { nodeValue: text }));
  }
  appendChild(node: SmallNode) {
    return this.insertBefore(node, null);
  }
  insertBefore(node: SmallNode, before: SmallNode | null) {
    node.parentNode?.removeChild(node);
    const place = before ? this.childNodes.indexOf(before) : this.childNodes.length;
    this.childNodes.splice(place, 0, node);
    node.parentNode = this;
    return node;
  }
  removeChild(node: SmallNode) {
    this.childNodes.splice(this.childNodes.indexOf(node), 1);
    node.parentNode = null;
    return node;
  }
  setAttribute(name: string, value: string) {
    this.attributes.set(name, value);
  }
  removeAttribute(name: string) {
    this.attributes.delete(name);
  }
  getAttribute(name: string) {
    return this.attributes.get(name) ?? null;
  }
  hasAttribute(name: string) {
    return this.attributes.has(name);
  }
  contains() {
    return false;
  }
  querySelector() {
    return null;
  }
  querySelectorAll() {
    return [];
  }
  addEventListener() {}
  removeEventListener() {}
  focus() {}
}

/** The document's body, as the globals name it until the test ends. */
export function smallDom(): Element {
  const body = new SmallNode("BODY", 1);
  const document = Object.assign(new SmallNode("#document", 9), {
    body,
    head: new SmallNode("HEAD", 1),
    documentElement: new SmallNode("HTML", 1),
    activeElement: body,
    createElement: (name: string) => new SmallNode(name.toUpperCase(), 1),
    createElementNS: (_: string, name: string) => new SmallNode(name, 1),
    createTextNode: (text: string) => Object.assign(new SmallNode("#text", 3), { nodeValue: text }),
    getElementById: () => null,
  });
  const media = { matches: false, addEventListener: () => {}, removeEventListener: () => {} };
  const window = {
    document,
    addEventListener: () => {},
    removeEventListener: () => {},
    matchMedia: () => media,
    getComputedStyle: () => ({ getPropertyValue: () => "" }),
    HTMLIFrameElement: class {},
    HTMLElement: SmallNode,
    Element: SmallNode,
    Node: SmallNode,
    navigator: { userAgent: "" },
    location: { protocol: "http:" },
    setTimeout,
    clearTimeout,
  };
  vi.stubGlobal("navigator", window.navigator);
  vi.stubGlobal("document", document);
  vi.stubGlobal("window", window);
  vi.stubGlobal("requestAnimationFrame", (then: () => void) => setTimeout(then, 0));
  vi.stubGlobal("cancelAnimationFrame", clearTimeout);
  vi.stubGlobal("HTMLElement", SmallNode);
  vi.stubGlobal("Element", SmallNode);
  vi.stubGlobal("Node", SmallNode);
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  // React asks nothing of it that the above has not.
  return body as unknown as Element;
}
