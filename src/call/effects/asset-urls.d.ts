// Files of the package that stand beside the bundle as they are.
declare module '*?url&no-inline' {
  const url: string;
  // biome-ignore lint/style/noDefaultExport: the form in which the build gives addresses.
  export default url;
}
