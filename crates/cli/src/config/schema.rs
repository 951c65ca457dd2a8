//! How a section of the configuration is declared: once, with documentation, kind and default of
//! every key. Reading, `config show`, `config example` and the suggestions for misspelt names all
//! come from the one declaration.

use super::source::Layers;

/// A key, as `config example` prints it.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it is for, one line each.
    pub about: &'static [&'static str],
    /// Its default as it is written in a file; none where it is not set.
    pub default: Option<String>,
}

/// A section of the configuration.
pub trait Section: Sized + Default {
    /// Its name between the brackets.
    const NAME: &'static str;
    /// What it is for, one line each.
    const ABOUT: &'static [&'static str];

    /// Its keys, in the order of declaration.
    fn keys() -> Vec<Key>;

    /// Takes its values from the layers; what is wrong is noted there.
    fn read(layers: &mut Layers) -> Self;

    /// Its values as they are written in a file, secrets hidden, in the order of declaration.
    fn values(&self) -> Vec<(&'static str, Option<String>)>;
}

/// Declares a section: a struct with a default for each field.
macro_rules! section {
    (
        $(#[doc = $about:literal])+
        pub struct $name:ident in $section:literal {
            $( $(#[doc = $key_about:literal])+ $key:ident: $kind:ty = $default:expr, )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone)]
        pub struct $name { $( $(#[doc = $key_about])+ pub $key: $kind, )+ }

        impl Default for $name {
            fn default() -> Self {
                $name { $( $key: $default, )+ }
            }
        }

        impl $crate::config::schema::Section for $name {
            const NAME: &'static str = $section;
            const ABOUT: &'static [&'static str] = &[$($about),+];

            fn keys() -> Vec<$crate::config::schema::Key> {
                let default = Self::default();
                vec![$( $crate::config::schema::Key {
                    name: stringify!($key),
                    about: &[$($key_about),+],
                    default: $crate::config::value::Setting::to_toml(&default.$key),
                } ),+]
            }

            fn read(layers: &mut $crate::config::source::Layers) -> Self {
                let default = Self::default();
                $name { $( $key: layers.take($section, stringify!($key), default.$key), )+ }
            }

            fn values(&self) -> Vec<(&'static str, Option<String>)> {
                vec![$( (stringify!($key), $crate::config::value::Setting::to_toml(&self.$key)) ),+]
            }
        }
    };
}
pub(crate) use section;
