import '@/shared/theme/base.css'
import '@/shared/theme/theme.svelte'
import { mount } from 'svelte'
import SignIn from './SignIn.svelte'

mount(SignIn, { target: document.getElementById('app')! })
