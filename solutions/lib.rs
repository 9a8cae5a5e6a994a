//! The reference solutions, and the library from which later exercises take earlier parts.

// A reference names earlier parts as every answer does: `course::NAME`.
extern crate self as course;

#[path = "01_markov/char_bigrams/solution.rs"]
pub mod char_bigrams;

#[path = "01_markov/nll_perplexity/solution.rs"]
pub mod nll_perplexity;

#[path = "01_markov/add_k_smoothing/solution.rs"]
pub mod add_k_smoothing;

#[path = "01_markov/temperature_sampling/solution.rs"]
pub mod temperature_sampling;

#[path = "01_markov/ngram_interpolation/solution.rs"]
pub mod ngram_interpolation;

#[path = "01_markov/missing_mass/solution.rs"]
pub mod missing_mass;

#[path = "01_markov/alias_sampler/solution.rs"]
pub mod alias_sampler;

#[path = "01_markov/markov_tales/solution.rs"]
pub mod markov_tales;

#[path = "02_autodiff/finite_difference/solution.rs"]
pub mod finite_difference;

#[path = "02_autodiff/dual_numbers/solution.rs"]
pub mod dual_numbers;

#[path = "02_autodiff/topo_order/solution.rs"]
pub mod topo_order;

#[path = "02_autodiff/scalar_tape/solution.rs"]
pub mod scalar_tape;

#[path = "02_autodiff/grad_accumulate_bug/solution.rs"]
pub mod grad_accumulate_bug;

#[path = "02_autodiff/unbroadcast/solution.rs"]
pub mod unbroadcast;

#[path = "02_autodiff/forward_vs_reverse/solution.rs"]
pub mod forward_vs_reverse;

#[path = "02_autodiff/autodiff_bigram/solution.rs"]
pub mod autodiff_bigram;

#[path = "03_backprop/linear_backward/solution.rs"]
pub mod linear_backward;

#[path = "03_backprop/softmax_backward/solution.rs"]
pub mod softmax_backward;

#[path = "03_backprop/softmax_xent_grad/solution.rs"]
pub mod softmax_xent_grad;

#[path = "03_backprop/layernorm_backward/solution.rs"]
pub mod layernorm_backward;

#[path = "03_backprop/attention_backward/solution.rs"]
pub mod attention_backward;

#[path = "03_backprop/gradient_flow_depth/solution.rs"]
pub mod gradient_flow_depth;

#[path = "03_backprop/backprop_bug_hunt/solution.rs"]
pub mod backprop_bug_hunt;

#[path = "03_backprop/manual_backprop_text/solution.rs"]
pub mod manual_backprop_text;

#[path = "04_mlp/embedding_scatter/solution.rs"]
pub mod embedding_scatter;

#[path = "04_mlp/log_softmax_bug/solution.rs"]
pub mod log_softmax_bug;

#[path = "04_mlp/activation_zoo/solution.rs"]
pub mod activation_zoo;

#[path = "04_mlp/context_windows/solution.rs"]
pub mod context_windows;

#[path = "04_mlp/mlp_lm_forward/solution.rs"]
pub mod mlp_lm_forward;

#[path = "04_mlp/mlp_cost_model/solution.rs"]
pub mod mlp_cost_model;

#[path = "04_mlp/training_loop/solution.rs"]
pub mod training_loop;

#[path = "04_mlp/mlp_tales/solution.rs"]
pub mod mlp_tales;

#[path = "10_tokenization/pair_merge/solution.rs"]
pub mod pair_merge;

#[path = "18_quantization/int8_affine/solution.rs"]
pub mod int8_affine;
