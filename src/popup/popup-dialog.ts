// What lies over the list of contacts.

export type PopupDialog =
  | { readonly show: 'none' }
  | { readonly show: 'add'; readonly link: string; readonly from: 'link' | 'scan' | 'image' }
  | { readonly show: 'my-link' }
  | { readonly show: 'new-door' }
  | { readonly show: 'door'; readonly doorId: string }
  | { readonly show: 'more'; readonly contactId: string };
