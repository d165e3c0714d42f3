// The bundle that simple-peer ships for browsers is what its types describe.
declare module 'simple-peer/simplepeer.min.js' {
  export { default } from 'simple-peer';
}
